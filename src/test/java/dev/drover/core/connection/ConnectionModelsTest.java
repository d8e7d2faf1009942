package dev.drover.core.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.UserId;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.LanguageModelContract;
import dev.drover.core.model.ModelFailure;
import dev.drover.core.model.ModelProfile;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingVendor;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionModelsTest {
    private static final TestingDatabase DATABASE = TestingDatabase.create();
    private static final String LIST = "/v1/models";

    private final TestingVendor vendor = new TestingVendor()
            .answer(LIST, 200, "{\"data\":[{\"id\":\"gpt-4o\"},{\"id\":\"lab-1\",\"max_model_len\":9000}]}");
    private final TestingConnections room = new TestingConnections(DATABASE, vendor.url() + "/v1");
    private final UserId mira = room.mira.user().id();

    ConnectionModelsTest() throws IOException {}

    @AfterEach
    void close() {
        vendor.close();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void offersProfilesThenWhatIsConfiguredThenWhatTheVendorTells() {
        assertThat(room.models.models(room.mira, TestingConnections.SERVERS))
                .containsExactly(
                        new OfferedModel("jettson-6.0", "openai", 100_000, 8_192),
                        new OfferedModel("gpt-5.1", "openai", 400_000, 8_192),
                        new OfferedModel("gpt-4o", "openai", 128_000, 8_192),
                        new OfferedModel("lab-1", "openai", 9_000, 2_250));
    }

    @Test
    void offersWhatIsConfiguredWhenTheVendorDoesNotAnswer() {
        Connection lab = room.compatible(vendor.url() + "/v1", null, "mine");
        vendor.silence(LIST);

        assertThat(names(lab.id())).containsExactly("mine");
        vendor.answer(LIST, 500, "{}");
        room.clock.pass(Duration.ofMinutes(1));
        assertThat(names(lab.id())).containsExactly("mine");
        vendor.answer(LIST, 200, "<html>");
        room.clock.pass(Duration.ofMinutes(1));
        assertThat(names(lab.id())).containsExactly("mine");
    }

    @Test
    void offersTheUsualModelOfAVendorThatDoesNotAnswer() {
        Connection groq = room.connections.create(
                room.mira,
                new ConnectionWish(
                        "Groq",
                        "groq",
                        vendor.url() + "/nowhere",
                        null,
                        new Credentials("k", null, null, null, null, null)));

        assertThat(names(groq.id())).containsExactly("llama-3.3-70b-versatile");
    }

    @Test
    void asksTheVendorOnceInAWhile() {
        Connection lab = room.compatible(vendor.url() + "/v1", "k");
        names(lab.id());
        names(lab.id());
        assertThat(vendor.asked()).hasSize(1);

        room.clock.pass(Duration.ofMinutes(6));
        names(lab.id());
        assertThat(vendor.asked()).hasSize(2);

        room.connections.change(
                room.mira, lab.id(), new ConnectionWish("Other", null, null, null, TestingConnections.NONE));
        names(lab.id());
        assertThat(vendor.asked()).hasSize(3);
    }

    @Test
    void namesTheProfileOfAModel() {
        Connection lab = room.compatible(vendor.url() + "/v1", null);

        assertThat(room.models.profileOf(room.mira, lab.id(), "lab-1")).isEqualTo("100/lab-1");
        assertThat(room.models.profileOf(room.mira, TestingConnections.SERVERS, "gpt-4o"))
                .isEqualTo("2/gpt-4o");
        assertThat(room.models.profileOf(room.mira, TestingConnections.SERVERS, "jettson-6.0"))
                .isEqualTo("jettson-6.0");
    }

    @Test
    void refusesModelsThatAConnectionDoesNotHaveAndSaysWhichItHas() {
        Connection lab = room.compatible(vendor.url() + "/v1", null);

        invalid("defaultModel", () -> room.models.profileOf(room.mira, lab.id(), "gpt-9"), "gpt-9", "gpt-4o, lab-1");
        invalid(
                "defaultModel",
                () -> room.models.profileOf(room.mira, lab.id(), "jettson-6.0"),
                "connection 100 does not have");
        Connection away = room.compatible(vendor.url() + "/away", null);
        invalid(
                "defaultModel",
                () -> room.models.profileOf(room.mira, away.id(), "lab-1"),
                "has none",
                "could not be had",
                "404");
    }

    @Test
    void refusesConnectionsThatAreNotThereForModels() {
        Connection http = room.http(Map.of());
        Connection lab = room.compatible(vendor.url() + "/v1", null);

        invalid("makeConnectionId", () -> room.models.profileOf(room.mira, http.id(), "x"), "100", "2 (OpenAI)");
        invalid("makeConnectionId", () -> room.models.profileOf(room.theo, lab.id(), "lab-1"), "101");
        invalid("makeConnectionId", () -> room.models.profileOf(room.mira, new ConnectionId(7), "x"), "7");
    }

    @Test
    void makesProfilesForTheirOwnerAlone() {
        Connection lab = room.compatible(vendor.url() + "/v1", null);
        UserId theo = room.theo.user().id();

        ModelProfile profile = room.models.named(mira, lab.id() + "/lab-1").orElseThrow();
        assertThat(profile.model().name()).isEqualTo("openai/lab-1");
        assertThat(profile.systemPrompt()).isEmpty();
        assertThat(profile.contextTokens()).isEqualTo(9_000);
        assertThat(profile.maxOutputTokens()).isEqualTo(2_250);
        ModelProfile unlisted = room.models.named(mira, lab.id() + "/lab-2").orElseThrow();
        assertThat(unlisted.contextTokens()).isEqualTo(32_000);
        assertThat(unlisted.maxOutputTokens()).isEqualTo(8_000);
        assertThat(room.models.named(theo, lab.id() + "/lab-1")).isEmpty();
        assertThat(room.models.named(theo, "2/meta/any:free")).isPresent();
        assertThat(room.models.named(mira, "4711/x")).isEmpty();
        assertThat(room.models.named(mira, "jettson-6.0")).isEmpty();
    }

    @Test
    void asksWithTheKeyThatTheConnectionHasAtTheCall() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("one"), Turn.text("two"))) {
            Connection lab = room.compatible(server.baseUrl() + "/v1", "old-key");
            LanguageModel model =
                    room.models.named(mira, lab.id() + "/lab-1").orElseThrow().model();
            model.ask(LanguageModelContract.prompt("go"), _ -> {});
            Credentials key = new Credentials("new-key", null, null, null, null, null);
            room.connections.change(room.mira, lab.id(), new ConnectionWish(null, null, null, null, key));
            model.ask(LanguageModelContract.prompt("go"), _ -> {});

            assertThat(server.asked())
                    .extracting(asked -> asked.headers().get("authorization"))
                    .containsExactly("Bearer old-key", "Bearer new-key");
        }
    }

    @Test
    void tellsWhoeverAsksThatAConnectionWasDeleted() {
        Connection lab = room.compatible(vendor.url() + "/v1", null);
        LanguageModel before =
                room.models.named(mira, lab.id() + "/lab-1").orElseThrow().model();
        room.connections.delete(room.mira, lab.id());
        LanguageModel after =
                room.models.named(mira, lab.id() + "/lab-1").orElseThrow().model();

        for (LanguageModel model : List.of(before, after)) {
            ModelFailure failure = catchThrowableOfType(
                    ModelFailure.class, () -> model.ask(LanguageModelContract.prompt("go"), _ -> {}));
            assertThat(failure).hasMessageContaining("connection 100 was deleted");
            assertThat(failure.worthRetrying()).isFalse();
        }
        assertThat(room.models.named(room.theo.user().id(), lab.id() + "/lab-1"))
                .isEmpty();
    }

    @Test
    void tellsWhatAProfileStandsFor() {
        Connection lab = room.compatible(vendor.url() + "/v1", null);
        var shown = new ConnectedModel(lab.id(), "ai-agent-openai-compatible", "a/b");

        assertThat(room.models.modelOf(mira, lab.id() + "/a/b")).isEqualTo(shown);
        room.connections.delete(room.mira, lab.id());
        assertThat(room.models.modelOf(mira, lab.id() + "/a/b")).isEqualTo(shown);
        assertThat(room.models.modelOf(mira, "jettson-6.0"))
                .isEqualTo(new ConnectedModel(TestingConnections.SERVERS, "openai-gpt-3", "jettson-6.0"));
        assertThat(room.models.modelOf(mira, "gone"))
                .isEqualTo(new ConnectedModel(TestingConnections.SERVERS, "openai-gpt-3", "gone"));
    }

    private List<String> names(ConnectionId id) {
        return room.models.models(room.mira, id).stream()
                .map(OfferedModel::name)
                .toList();
    }

    private static void invalid(String field, ThrowingCallable call, String... told) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .isInstanceOfSatisfying(Problem.Invalid.class, invalid -> {
                                    assertThat(invalid.field()).isEqualTo(field);
                                    assertThat(invalid.reason()).contains(told);
                                }));
    }
}
