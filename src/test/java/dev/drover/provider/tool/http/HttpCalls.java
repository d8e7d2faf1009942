package dev.drover.provider.tool.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.core.Json;
import dev.drover.core.credential.LentSecrets;
import dev.drover.core.egress.TestingNames;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.testing.RawServer;
import dev.drover.testing.TestingContext;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Calls of the HTTP tool written in JSON with single quotes. */
class HttpCalls {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final HttpTool tool = new HttpTool(new PinnedWebClient());
    final TestingNames names = new TestingNames();

    JsonNode get(RawServer server, String path) throws Exception {
        return call("{'method':'GET','url':'" + server.url(path) + "'}", server.address());
    }

    JsonNode call(String input, String... allow) throws Exception {
        Json json = new Json(input.replace('\'', '"'));
        return MAPPER.readTree(tool.run(json, TestingContext.reaching(Path.of("."), names, allow))
                .text());
    }

    JsonNode call(LentSecrets secrets, String input, String... allow) throws Exception {
        ToolContext bare = TestingContext.reaching(Path.of("."), names, allow);
        Json json = new Json(input.replace('\'', '"'));
        return MAPPER.readTree(tool.run(json, new ToolContext(bare.computer(), bare.egress(), bare.behalf(), secrets))
                .text());
    }

    static void assertRejected(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ToolRefusal.class, refusal -> {
            assertThat(refusal.wasRejected()).isTrue();
            assertThat(refusal.reason()).contains(reason);
        });
    }

    static void assertFailed(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ToolRefusal.class, refusal -> {
            assertThat(refusal.wasRejected()).isFalse();
            assertThat(refusal.reason()).contains(reason);
        });
    }
}
