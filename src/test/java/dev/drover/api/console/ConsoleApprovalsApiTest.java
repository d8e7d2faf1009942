package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ConsoleApprovalsApiTest {
    private static final TestingApi SERVER = new TestingApi();
    private static String agent = "";

    @BeforeAll
    static void ask() {
        for (String name : List.of("First", "Second")) {
            String squad = SERVER.post("/api/squads", "{\"name\":\"" + name + "\"}")
                    .json()
                    .at("/squad/id")
                    .asText();
            agent = SERVER.post(
                            "/api/squads/" + squad + "/agents",
                            "{\"name\":\"Lead\",\"role\":\"squad_lead\",\"adapterType\":\"process\"}")
                    .json()
                    .at("/agent/id")
                    .asText();
            for (int i = 1; i <= 2; i++) {
                SERVER.post(
                        "/api/squads/" + squad + "/agent-hires",
                        "{\"name\":\"Hire " + i + " of " + name + "\",\"role\":\"engineer\"}");
            }
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void listsThoseOfAllSquadsNewestFirstInPages() {
        List<String> told = new ArrayList<>();
        String cursor = "";
        do {
            Reply reply = SERVER.get("/api/v1/approvals?status=pending,revision_requested&limit=3" + cursor);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            reply.json()
                    .path("data")
                    .forEach(each -> told.add(each.path("about").asText() + ", "
                            + each.path("squad").asText()));
            JsonNode next = reply.json().path("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());
        assertThat(told)
                .containsExactly(
                        "Hire 2 of Second, Second",
                        "Hire 1 of Second, Second",
                        "Hire 2 of First, First",
                        "Hire 1 of First, First");
        assertThat(SERVER.get("/api/v1/approvals?status=approved").json().path("data"))
                .isEmpty();
    }

    @Test
    void saysWhatIsWrongAboutAQuestionItCannotAnswer() {
        Reply reply = SERVER.get("/api/v1/approvals?status=open");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("holds 'open', which is no status of an approval");
        assertThat(SERVER.get("/api/v1/approvals?cursor=1").status()).isEqualTo(400);
    }

    @Test
    void isForOperatorsAlone() {
        String key = SERVER.post("/api/agents/" + agent + "/keys", "{\"name\":\"test\"}")
                .text("token");
        assertThat(SERVER.send(SERVER.as(key, "/api/v1/approvals")).status()).isEqualTo(403);
        SERVER.post(
                "/api/v1/users", "{\"username\":\"somebody\",\"password\":\"a password for tests\",\"role\":\"user\"}");
        String token = SERVER.send(SERVER.to("/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("username=somebody&password=a%20password%20for%20tests")))
                .text("access_token");
        assertThat(SERVER.send(SERVER.as(token, "/api/v1/approvals")).status()).isEqualTo(403);
    }
}
