package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The test that fills the limit on failed tries comes last: all of them have one address. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrinityLoginTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String RIGHT = "username=admin&password=open%20s%C3%A9same%2B";
    private static final TestingApi SERVER =
            new TestingApi(Map.of("DROVER_MODEL", "offline", "DROVER_ADMIN_PASSWORD", "open sésame+"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    @Order(1)
    void answersATokenThatWorksInEveryDialect() {
        for (String path : List.of("/token", "/api/token")) {
            Reply reply = login(path, FORM, RIGHT + "&grant_type=password&scope=&client_id=x");
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.json().path("token_type").asText()).isEqualTo("bearer");
            String token = reply.json().path("access_token").asText();
            assertThat(SERVER.send(SERVER.as(token, "/api/v1/agents")).status()).isEqualTo(200);
            assertThat(SERVER.send(SERVER.as(token, "/api/v1/keys")).status()).isEqualTo(200);
            String claims =
                    new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
            assertThat(claims).contains("\"sub\":\"admin\"", "\"mode\":\"admin\"", "\"exp\":");
        }
    }

    @Test
    @Order(2)
    void takesMultipartForms() {
        String body = """
                --b\r
                Content-Disposition: form-data; name="username"\r
                \r
                admin\r
                --b\r
                Content-Disposition: form-data; name="password"\r
                Content-Type: text/plain; charset=utf-8\r
                \r
                open sésame+\r
                --b--\r
                """;
        assertThat(login("/token", "multipart/form-data; boundary=b", body).status())
                .isEqualTo(200);
        assertThat(login("/token", "Multipart/Form-Data; charset=utf-8; boundary=\"b\"", body)
                        .status())
                .isEqualTo(200);
        assertThat(login("/token", "multipart/form-data", body).status()).isEqualTo(422);
    }

    @Test
    @Order(3)
    void namesWhatIsMissing() {
        JsonNode one = login("/token", FORM, "username=admin").json();
        assertThat(one.toString())
                .isEqualTo("{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"password\"],"
                        + "\"msg\":\"Field required\",\"input\":null}]}");
        Reply json = login("/token", "application/json", "{\"username\":\"admin\",\"password\":\"x\"}");
        assertThat(json.status()).isEqualTo(422);
        assertThat(json.json().path("detail")).hasSize(2);
        Reply grant = login("/token", FORM, RIGHT + "&grant_type=refresh");
        assertThat(grant.status()).isEqualTo(422);
        assertThat(grant.json().at("/detail/0/loc/1").asText()).isEqualTo("grant_type");
    }

    @Test
    @Order(4)
    void saysHowLongToWaitAfterFiveFailures() {
        for (String wrong :
                List.of("username=admin&password=x", "username=nobody&password=x", "username=%00&password=y")) {
            Reply reply = login("/token", FORM, wrong);
            assertThat(reply.status()).as(wrong).isEqualTo(401);
            assertThat(reply.body()).isEqualTo("{\"detail\":\"Incorrect username or password\"}");
            assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
        login("/token", FORM, "username=admin&password=x");
        login("/token", FORM, "username=admin&password=x");
        Reply late = login("/token", FORM, RIGHT);
        assertThat(late.status()).isEqualTo(429);
        int seconds = Integer.parseInt(late.header("Retry-After"));
        assertThat(seconds).isBetween(1, 600);
        assertThat(late.json().path("detail").asText()).contains(seconds + " seconds");
    }

    private static Reply login(String path, String type, String body) {
        return SERVER.send(
                SERVER.to(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
