package dev.drover.provider.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.drover.core.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class NetworkntSchemasTest {
    private static final Json SCHEMA = new Json("""
            {"type":"object","required":["command"],"properties":{
             "command":{"type":"string"},"timeout_seconds":{"type":"number"},
             "headers":{"type":"object","additionalProperties":{"type":"string"}}}}""");

    private final NetworkntSchemas schemas = new NetworkntSchemas();

    @Test
    void acceptsWhatFits() {
        assertThat(schemas.violation(SCHEMA, new Json("{\"command\":\"ls\",\"timeout_seconds\":1.5,\"other\":[]}")))
                .isEmpty();
    }

    @Test
    void namesThePlaceOfEachMistake() {
        assertThat(schemas.violation(SCHEMA, new Json("{\"timeout_seconds\":\"soon\",\"headers\":{\"A\":1}}")))
                .get()
                .asString()
                .contains("'command'")
                .contains("/timeout_seconds: string found, number expected")
                .contains("/headers/A: integer found, string expected");
    }

    @Test
    void saysWhenItIsNotJson() {
        assertThat(schemas.violation(SCHEMA, new Json("{\"command\":")))
                .get()
                .asString()
                .contains("is not JSON");
        assertThat(schemas.violation(SCHEMA, new Json("{\"command\":\"a\"}{}")))
                .get()
                .asString()
                .contains("is not JSON");
        assertThat(schemas.violation(SCHEMA, new Json(""))).isPresent();
        assertThat(schemas.violation(SCHEMA, new Json("[".repeat(100_000))))
                .get()
                .asString()
                .contains("is not JSON");
    }

    @Test
    void followsReferencesInsideTheSchema() {
        Json schema = new Json("{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"string\"}}}");
        assertThat(schemas.violation(schema, new Json("\"x\""))).isEmpty();
        assertThat(schemas.violation(schema, new Json("1"))).isPresent();
    }

    @Test
    void knowsTheMetaSchema() {
        Json schema = new Json("{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}");
        assertThat(schemas.violation(schema, new Json("{\"type\":\"string\"}"))).isEmpty();
        assertThat(schemas.violation(schema, new Json("{\"type\":\"stringy\"}")))
                .isPresent();
    }

    @Test
    void neverFetchesAReference() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.close();
        });
        server.start();
        try {
            String remote =
                    "http://127.0.0.1:%d/schema".formatted(server.getAddress().getPort());
            for (String reference : new String[] {remote, "file:///etc/hostname", "classpath:draft/2020-12/schema"}) {
                Json schema = new Json("{\"$ref\":\"" + reference + "\"}");
                assertThatThrownBy(() -> schemas.violation(schema, new Json("1")))
                        .isInstanceOf(RuntimeException.class);
            }
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void keepsSchemasWithTheSameIdApart() {
        Json text = new Json("{\"$id\":\"https://x.example/s\",\"type\":\"string\"}");
        Json number = new Json("{\"$id\":\"https://x.example/s\",\"type\":\"number\"}");
        assertThat(schemas.violation(text, new Json("\"x\""))).isEmpty();
        assertThat(schemas.violation(number, new Json("1"))).isEmpty();
        assertThat(schemas.violation(text, new Json("1"))).isPresent();
    }

    @Test
    void checksThousandsOfSchemasAndStaysRight() {
        for (int i = 0; i < 2_000; i++) {
            Json schema = new Json("{\"const\":" + i + "}");
            assertThat(schemas.violation(schema, new Json(Integer.toString(i)))).isEmpty();
            assertThat(schemas.violation(schema, new Json("-1"))).isPresent();
        }
    }
}
