package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.core.StartFailure;
import dev.drover.testing.TestingFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Agents that begin as a repository. */
class TrinityRepositoriesApiTest {
    private static final String TOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";

    private static @Nullable TestingHomes homes;
    private static @Nullable TestingRepositories repositories;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Assumptions.assumeTrue(TestingRepositories.hasGit(), "needs git: the command git is not there");
        repositories = new TestingRepositories(TestingFolders.create());
        repositories.make("acme/clerk", "main", "template.yaml", "name: clerk\ntagline: from afar\n");
        homes = homes(repositories, TOKEN, repositories.place());
    }

    private static TestingHomes homes(TestingRepositories from, String token, String allowed) {
        try {
            return new TestingHomes(Map.of(
                    "DROVER_MODEL",
                    "offline",
                    "DROVER_COMPUTERS",
                    "bubblewrap",
                    "DROVER_EGRESS_ALLOW",
                    allowed,
                    "GITHUB_PAT",
                    token,
                    "DROVER_GITHUB_URL",
                    "http://" + from.place()));
        } catch (StartFailure e) {
            Assumptions.abort("needs bubblewrap: " + e.getMessage());
            throw e;
        }
    }

    @AfterAll
    static void stop() {
        if (homes != null) {
            homes.close();
        }
        if (repositories != null) {
            repositories.close();
        }
    }

    private static TestingApi api() {
        return homes().api();
    }

    private static TestingHomes homes() {
        if (homes == null) {
            throw new AssertionError("no server");
        }
        return homes;
    }

    private static Path create(String name, String more) {
        TestingApi.Reply made = api().post("/api/agents", "{\"name\":\"" + name + "\"" + more + "}");
        assertThat(made.status()).isEqualTo(200);
        return homes().plane()
                .data()
                .resolve("computers")
                .resolve(made.text("id"))
                .resolve("workspace");
    }

    private static String logWith(String agent, String words) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            String log = api().get("/api/agents/" + agent + "/logs")
                    .json()
                    .path("logs")
                    .textValue();
            if (log.contains(words)) {
                return log;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(words + " is not in "
                + api().get("/api/agents/" + agent + "/logs").body());
    }

    @Test
    void theBranchIsFollowedAndTheTokenStaysNowhere() throws IOException, InterruptedException {
        Path home = create("follower", ",\"template\":\"github:acme/clerk@main\"");
        String log = logWith("follower", "the template github:acme/clerk@main is in the home");
        assertThat(home.resolve("template.yaml")).content().contains("from afar");
        JsonNode info = api().get("/api/agents/follower/info").json();
        assertThat(info.path("tagline").textValue()).isEqualTo("from afar");
        assertThat(TestingRepositories.git(home, "rev-parse", "--abbrev-ref", "HEAD"))
                .isEqualTo("main");
        assertThat(TestingRepositories.git(home, "remote", "get-url", "--push", "origin"))
                .isEqualTo("source-mode://only-pulled");
        String secret =
                Base64.getEncoder().encodeToString(("x-access-token:" + TOKEN).getBytes(StandardCharsets.UTF_8));
        assertThat(repositories == null ? "" : repositories.credentials())
                .asString()
                .contains("Basic " + secret);
        assertThat(log).doesNotContain(TOKEN).doesNotContain(secret);
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(TOKEN)
                            .doesNotContain(secret));
        }
    }

    @Test
    void withoutSourceModeTheAgentHasABranchOfItsOwn() throws IOException, InterruptedException {
        Path home = create("worker", ",\"github_repo\":\"acme/clerk\",\"source_mode\":false");
        logWith("worker", "is in the home");
        assertThat(TestingRepositories.git(home, "rev-parse", "--abbrev-ref", "HEAD"))
                .matches("trinity/worker/[0-9a-f]{8}");
    }

    @Test
    void whatCannotBeFetchedIsToldAndTriedAgainAtTheNextStart() throws IOException, InterruptedException {
        Path home = create("early", ",\"template\":\"github:acme/late\"");
        logWith("early", "could not be fetched");
        JsonNode info = api().get("/api/agents/early/info").json();
        assertThat(info.path("has_template").booleanValue()).isFalse();
        assertThat(info.path("message").textValue()).startsWith("The template github:acme/late could not be fetched: ");
        if (repositories != null) {
            repositories.make("acme/late", "main", "late.txt", "here at last");
        }
        assertThat(api().post("/api/agents/early/stop", "").status()).isEqualTo(200);
        assertThat(api().post("/api/agents/early/start", "").status()).isEqualTo(200);
        logWith("early", "is in the home");
        assertThat(home.resolve("late.txt")).hasContent("here at last");
    }

    @Test
    void whatTheAgentWasAskedToBeCanBeReadInsideAndNotWritten() {
        create(
                "told",
                ",\"tools\":[\"filesystem\"],\"mcp_servers\":[\"ledger\"],\"custom_instructions\":\"Be brief.\","
                        + "\"template\":\"github:acme/nowhere@dev\"");
        String command = "cat /config/agent-config.json /config/custom-instructions.md; echo; "
                + "echo $AGENT_NAME $TEMPLATE_NAME $GITHUB_REPO $GIT_SOURCE_MODE $GIT_SOURCE_BRANCH; "
                + "echo mine > /config/agent-config.json || echo kept";
        String said = api().post("/api/agents/told/exec", "{\"command\":\"" + command + "\"}")
                .text("stdout");
        assertThat(said)
                .contains("{\"tools\":[\"filesystem\"],\"mcp_servers\":[\"ledger\"]}\nBe brief.\n")
                .contains("told github:acme/nowhere@dev acme/nowhere true dev\nkept");
    }
}
