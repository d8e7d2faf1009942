package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "keys", description = "Create, list and revoke API keys.", synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {
    private final Surroundings around;

    @Mixin
    private final ServerFlags server = new ServerFlags();

    KeysCommand(Surroundings around) {
        this.around = around;
    }

    @Command(name = "create", description = "Make a key and print its secret, which is never shown again.")
    int create(
            @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
            @Option(names = "--scope", paramLabel = "SCOPE", description = "A right, such as agents:read; repeatable.")
                    @Nullable List<String> scopes,
            @Option(names = "--kind", paramLabel = "KIND", description = "api or personal.") @Nullable String kind,
            @Option(names = "--expires", paramLabel = "TIME", description = "A time (ISO).") @Nullable String expires)
            throws InterruptedException {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("name", name);
        if (scopes != null) {
            scopes.forEach(wish.putArray("scopes")::add);
        }
        if (kind != null) {
            wish.put("kind", kind);
        }
        if (expires != null) {
            wish.put("expires_at", expires);
        }
        try (DroverClient client = server.client(around.environment())) {
            JsonNode key = client.post(Paths.KEYS, wish);
            around.err()
                    .println(key.path("key_id").asText() + " may: " + scopes(key) + "; its secret, shown this once:");
            around.out().println(key.path("secret").asText());
        }
        return 0;
    }

    @Command(name = "list", description = "List keys; secrets are not kept and cannot be shown.")
    int list(@Option(names = "--all", description = "Revoked ones too.") boolean all) throws InterruptedException {
        try (DroverClient client = server.client(around.environment())) {
            Table table = new Table("KEY", "PREFIX", "NAME", "CREATED", "LAST USED", "REVOKED", "SCOPES");
            JsonNode keys = client.get(Paths.KEYS + "?limit=100" + (all ? "&include_revoked=true" : ""));
            keys.path("data")
                    .forEach(key -> table.row(
                            key.path("key_id").asText(),
                            key.path("prefix").asText(),
                            Steps.cut(key.path("name").asText(), 30),
                            day(key, "created_at"),
                            day(key, "last_used_at"),
                            day(key, "revoked_at"),
                            scopes(key)));
            table.print(around.out(), around.outStyle());
        }
        return 0;
    }

    @Command(name = "revoke", description = "Revoke a key; the very next request with it is refused.")
    int revoke(@Parameters(paramLabel = "KEY", description = "The key's id, as listed.") String key)
            throws InterruptedException {
        try (DroverClient client = server.client(around.environment())) {
            client.delete(Paths.key(key));
            around.out().println("revoked");
        }
        return 0;
    }

    private static String day(JsonNode key, String field) {
        String time = key.path(field).asText("");
        return time.length() < 10 ? "-" : time.substring(0, 10);
    }

    private static String scopes(JsonNode key) {
        return StreamSupport.stream(key.path("scopes").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(" "));
    }
}
