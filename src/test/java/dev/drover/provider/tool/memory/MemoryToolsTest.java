package dev.drover.provider.tool.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.core.memory.EmbeddingStore;
import dev.drover.core.memory.Memories;
import dev.drover.core.memory.MemoryRoom;
import dev.drover.core.memory.MemoryStore;
import dev.drover.core.memory.NoEmbedder;
import dev.drover.core.memory.Quota;
import dev.drover.core.memory.Search;
import dev.drover.core.model.ToolCall;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolResult;
import dev.drover.core.tool.ToolStyle;
import dev.drover.core.tool.Toolbox;
import dev.drover.provider.json.JacksonTrimmer;
import dev.drover.provider.json.NetworkntSchemas;
import dev.drover.testing.TestingContext;
import dev.drover.testing.TestingDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryToolsTest {
    private static final TestingDatabase DATABASE = TestingDatabase.create();
    private static final MemoryRoom ROOM = room();

    @TempDir
    Path folder;

    private Toolbox toolbox;
    private ToolContext context;

    private static MemoryRoom room() {
        var jdbi = DATABASE.database().jdbi();
        return new MemoryRoom(
                new MemoryRoom.Stores(new MemoryStore(jdbi), new EmbeddingStore(jdbi)),
                DATABASE.database(),
                new NoEmbedder(),
                new Quota("tiny", 2),
                new Ids(Clock.systemUTC()),
                Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        ROOM.close();
        DATABASE.close();
    }

    @BeforeEach
    void open() {
        Memories memories = new Memories(ROOM);
        toolbox = new Toolbox(
                List.of(
                        new PutTool(memories, Clock.systemUTC()),
                        new GetTool(memories),
                        new SearchTool(new Search(ROOM)),
                        new ListTool(memories),
                        new DeleteTool(memories)),
                ToolStyle.JETTSON,
                new NetworkntSchemas(),
                new JacksonTrimmer());
        UserId user = new UserId(UUID.randomUUID());
        DATABASE.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into app_user (id, name, role, created_at) values (?, ?, 'user', now())",
                        user.value(),
                        user.toString()));
        context = in(user, null);
    }

    private ToolContext in(UserId user, @org.jspecify.annotations.Nullable String namespace) {
        ToolContext plain = TestingContext.in(folder);
        return new ToolContext(
                plain.computer(),
                plain.egress(),
                new ToolContext.Behalf(user, new AgentId(UUID.randomUUID()), namespace),
                plain.secrets());
    }

    private JsonNode call(String tool, String input) {
        try {
            ToolResult result = toolbox.run(new ToolCall("1", "jettson_memory_" + tool, new Json(input)), context);
            return new JsonMapper().readTree(result.output().text());
        } catch (InterruptedException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void putsAndGets() {
        JsonNode put =
                call("put", "{\"key\":\"tea\",\"value\":\"green\",\"tags\":[\"taste\"],\"expires_in_days\":0.5}");
        assertThat(put.fieldNames()).toIterable().containsExactly("memory_id", "key", "namespace");
        JsonNode got = call("get", "{\"key\":\"tea\"}");
        assertThat(got.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "found",
                        "value",
                        "key",
                        "namespace",
                        "tags",
                        "importance",
                        "created_at",
                        "updated_at",
                        "access_count");
        assertThat(got.path("found").asBoolean()).isTrue();
        assertThat(got.path("access_count").asInt()).isEqualTo(1);
        assertThat(call("get", "{\"key\":\"coffee\"}").toString()).isEqualTo("{\"found\":false}");
    }

    @Test
    void searchesListsAndDeletes() {
        call("put", "{\"key\":\"tea\",\"value\":\"likes green tea\"}");
        call("put", "{\"key\":\"car\",\"value\":\"drives a red car\",\"namespace\":\"things\"}");
        JsonNode found = call("search", "{\"query\":\"green\",\"limit\":500}");
        assertThat(found.at("/results/0/key").asText()).isEqualTo("tea");
        assertThat(found.at("/results/0/score").asDouble()).isEqualTo(1);
        JsonNode page = call("list", "{\"limit\":1}");
        assertThat(page.path("memories")).hasSize(1);
        JsonNode next = call(
                "list", "{\"cursor\":\"%s\"}".formatted(page.path("next_cursor").asText()));
        assertThat(next.path("memories")).hasSize(1);
        assertThat(next.path("next_cursor").isNull()).isTrue();
        assertThat(call("delete", "{\"key\":\"car\"}").toString())
                .isEqualTo("{\"deleted\":false,\"key\":\"car\",\"namespace\":\"default\"}");
        assertThat(call("delete", "{\"key\":\"car\",\"namespace\":\"things\"}")
                        .path("deleted")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void staysInTheNamespaceOfItsRun() {
        call("put", "{\"key\":\"tea\",\"value\":\"green\"}");
        context = in(context.behalf().user(), "project");
        assertThat(call("get", "{\"key\":\"tea\"}").path("found").asBoolean()).isFalse();
        assertThat(call("list", "{}").path("memories")).isEmpty();
        assertThat(call("put", "{\"key\":\"tea\",\"value\":\"black\"}")
                        .path("namespace")
                        .asText())
                .isEqualTo("project");
        assertThat(call("get", "{\"key\":\"tea\",\"namespace\":\"default\"}")
                        .path("value")
                        .asText())
                .isEqualTo("green");
    }

    @Test
    void rejectsWhatDoesNotFit() {
        for (String input : List.of(
                "{}",
                "{\"key\":\"\",\"value\":\"v\"}",
                "{\"key\":\"a\\u0001\",\"value\":\"v\"}",
                "{\"key\":\"k\",\"value\":\"%s\"}".formatted("v".repeat(5_001)),
                "{\"key\":\"k\",\"value\":\"v\",\"importance\":11}",
                "{\"key\":\"k\",\"value\":\"v\",\"expires_in_days\":0}")) {
            assertThat(call("put", input).path("error").asText())
                    .as(input)
                    .startsWith("Jettson Memory rejected the operation: ");
        }
        assertThat(call("search", "{\"query\":\" \"}").path("error").asText()).contains("rejected");
        assertThat(call("list", "{\"cursor\":\"x\"}").path("error").asText()).contains("rejected");
    }

    @Test
    void saysThatThePoolIsFull() {
        call("put", "{\"key\":\"a\",\"value\":\"v\"}");
        call("put", "{\"key\":\"b\",\"value\":\"v\"}");
        assertThat(call("put", "{\"key\":\"c\",\"value\":\"v\"}").path("error").asText())
                .startsWith("Jettson Memory failed: ")
                .contains("quota", "2 of 2");
    }
}
