package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TrinityServerSettingsApiTest {
    private static final TestingPeople PEOPLE = new TestingPeople();

    @AfterAll
    static void close() {
        PEOPLE.close();
    }

    @Test
    void switchesStandAsTheyCame() {
        assertThat(PEOPLE.server.get("/api/settings/ssh_access_enabled").body())
                .isEqualTo("{\"key\":\"ssh_access_enabled\",\"value\":\"false\",\"updated_at\":null}");
        assertThat(PEOPLE.server.get("/api/settings/agent_full_capabilities").text("value"))
                .isEqualTo("true");
        assertThat(PEOPLE.server.get("/api/settings/email_auth_enabled").text("value"))
                .isEqualTo("true");
    }

    @Test
    void aSettingIsKeptUntilItIsDeleted() {
        String path = "/api/settings/of_ours";
        assertThat(PEOPLE.server.get(path).status()).isEqualTo(404);
        Reply put = put(path, "{\"value\": \"a\"}");
        assertThat(put.status()).as(put.body()).isEqualTo(200);
        assertThat(put.text("updated_at")).matches("....-..-..T..:..:..\\.\\d{3}Z");
        put(path, "{\"value\": \"b\"}");
        assertThat(PEOPLE.server.get(path).text("value")).isEqualTo("b");
        assertThat(PEOPLE.server.delete(path).body()).isEqualTo("{\"success\":true,\"deleted\":true}");
        assertThat(PEOPLE.server.delete(path).body()).isEqualTo("{\"success\":true,\"deleted\":false}");
        assertThat(PEOPLE.server.get(path).status()).isEqualTo(404);
    }

    @Test
    void aValueIsAString() {
        Reply flag = put("/api/settings/ssh_access_enabled", "{\"value\": true}");
        assertThat(flag.status()).isEqualTo(422);
        assertThat(flag.json().at("/detail/0/type").asText()).isEqualTo("string_type");
        assertThat(put("/api/settings/" + "k".repeat(101), "{\"value\": \"a\"}").status())
                .isEqualTo(400);
    }

    @Test
    void onlyAdministratorsSeeAndChangeThem() throws InterruptedException {
        String mira = PEOPLE.join("mira@example.org");
        String path = "/api/settings/ssh_access_enabled";
        assertThat(PEOPLE.as(mira, path).body()).isEqualTo("{\"detail\":\"Admin access required\"}");
        assertThat(PEOPLE.as(mira, "PUT", path, "{}").status()).isEqualTo(403);
        assertThat(PEOPLE.as(mira, "DELETE", path, "").status()).isEqualTo(403);
        assertThat(PEOPLE.as(mira, "/api/users").status()).isEqualTo(403);
        makeOperator("mira@example.org");
        assertThat(PEOPLE.as(mira, path).status()).isEqualTo(403);
        assertThat(PEOPLE.server.get("/api/users").json().findValuesAsText("username"))
                .contains("admin", "mira@example.org");
    }

    private static Reply put(String path, String body) {
        return PEOPLE.as(PEOPLE.server.plane().operator(), "PUT", path, body);
    }

    private static void makeOperator(String name) {
        PEOPLE.server
                .plane()
                .database()
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute("update app_user set role = 'operator' where name = ?", name));
    }
}
