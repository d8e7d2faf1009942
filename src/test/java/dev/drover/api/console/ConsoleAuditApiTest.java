package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleAuditApiTest {
    private static final TestingApi SERVER = new TestingApi();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void listsNewestFirst() {
        Reply key = SERVER.post("/api/v1/keys", "{\"name\": \"first\"}");
        SERVER.delete("/api/v1/keys/" + key.text("key_id"));

        JsonNode data = SERVER.get("/api/v1/audit?action=key&limit=2").json().path("data");

        assertThat(data.at("/0/action").asText()).isEqualTo("key.revoke");
        assertThat(data.at("/1/action").asText()).isEqualTo("key.create");
        assertThat(data.at("/1/actor").asText()).startsWith("user:admin key:");
        assertThat(data.at("/1/detail").asText()).isEqualTo("first");
        assertThat(data.toString()).doesNotContain(key.text("secret"));
    }

    @Test
    void givesPagesByCursorWithoutGapsAndTheExportHasThemAll() {
        for (int i = 0; i < 7; i++) {
            SERVER.post("/api/v1/keys", "{\"name\": \"paged " + i + "\"}");
        }
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = SERVER.get("/api/v1/audit?limit=3" + cursor).json();
            page.path("data").forEach(entry -> ids.add(entry.path("audit_id").asText()));
            JsonNode next = page.path("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());

        Reply export = SERVER.get("/api/v1/audit/export");

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(7);
        assertThat(export.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(export.body().lines().map(line -> line.replaceAll(".*\"audit_id\":\"([^\"]+)\".*", "$1")))
                .containsExactlyElementsOf(ids);
    }

    @Test
    void exportsMoreThanOnePieceAndOnlyWhatIsAskedFor() {
        var jdbi = SERVER.plane().database().database().jdbi();
        jdbi.useHandle(handle -> handle.execute("""
                insert into audit select gen_random_uuid(), now() - interval '1 day', 'user:many', 'many.made',
                    'thing ' || n, '' from generate_series(1, 1234) n
                """));

        Reply export = SERVER.get("/api/v1/audit/export?actor=user:many");

        assertThat(export.body().lines()).hasSize(1234).doesNotHaveDuplicates();
        assertThat(SERVER.get("/api/v1/audit?actor=user:many&limit=1000").json().path("data"))
                .hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=yesterday",
                "until=2026",
                "cursor=x",
                "cursor=00000000-0000-7000-8000-000000000000",
                "limit=0",
                "actor=%00"
            })
    void refusesWhatDoesNotFit(String query) {
        Reply reply = SERVER.get("/api/v1/audit?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_query");
        assertThat(reply.json().at("/error/details/field").asText()).isEqualTo(query.replaceAll("=.*", ""));
    }
}
