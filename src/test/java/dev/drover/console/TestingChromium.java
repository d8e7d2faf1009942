package dev.drover.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium, spoken to in its DevTools protocol; one for all tests of a JVM, where each tab is a person. */
final class TestingChromium {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static @Nullable TestingChromium shared;

    /** In place of a session: what is asked of the browser, not of a tab. */
    static final String ITSELF = "";

    private final WebSocket socket;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, JsonNode>> listeners = new CopyOnWriteArrayList<>();

    private TestingChromium(URI debugger) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(debugger, new Ear())
                .join();
    }

    /** Somebody's own tab, with cookies and storage of its own. */
    static TestingTab tab() {
        TestingChromium chromium = shared();
        String context = chromium.ask("Target.createBrowserContext", Map.of(), ITSELF)
                .path("browserContextId")
                .asText();
        return tab(chromium, context);
    }

    static TestingTab tab(TestingChromium chromium, String context) {
        String target = chromium.ask(
                        "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context), ITSELF)
                .path("targetId")
                .asText();
        String session = chromium.ask("Target.attachToTarget", Map.of("targetId", target, "flatten", true), ITSELF)
                .path("sessionId")
                .asText();
        return new TestingTab(chromium, context, target, session);
    }

    private static synchronized TestingChromium shared() {
        TestingChromium chromium = shared;
        if (chromium == null) {
            chromium = start();
            shared = chromium;
        }
        return chromium;
    }

    private static TestingChromium start() {
        Optional<Path> program = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(program.isPresent(), "needs chromium: the console is tested in a real browser");
        Path profile = TestingFolders.create();
        try {
            Process process = new ProcessBuilder(
                            program.orElseThrow().toString(),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
                            "--enable-precise-memory-info",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .forEach(ProcessHandle::destroyForcibly);
                TestingFolders.delete(profile);
            }));
            return new TestingChromium(debugger(profile.resolve("DevToolsActivePort")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI debugger(Path told) {
        return Waiting.until(PATIENCE, () -> {
            try {
                List<String> lines = Files.exists(told) ? Files.readAllLines(told) : List.of();
                return lines.size() < 2
                        ? Optional.empty()
                        : Optional.of(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Sends a command and answers its result. */
    JsonNode ask(String method, Map<String, ?> parameters, String session) {
        long number = numbers.incrementAndGet();
        ObjectNode command = MAPPER.createObjectNode().put("id", number).put("method", method);
        command.set("params", MAPPER.valueToTree(parameters));
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        synchronized (socket) {
            socket.sendText(command.toString(), true).join();
        }
        try {
            JsonNode got = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (got.has("error")) {
                throw new AssertionError(method + ": " + got.get("error"));
            }
            return got.path("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(method + " was not answered", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param listener is told the session and the whole message of each event */
    void listen(BiConsumer<String, JsonNode> listener) {
        listeners.add(listener);
    }

    void forget(BiConsumer<String, JsonNode> listener) {
        listeners.remove(listener);
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder heard = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
            heard.append(piece);
            if (last) {
                String whole = heard.toString();
                heard.setLength(0);
                hear(whole);
            }
            from.request(1);
            return null;
        }

        private void hear(String text) {
            JsonNode message;
            try {
                message = MAPPER.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (message.has("id")) {
                Objects.requireNonNull(waiting.remove(message.get("id").asLong()))
                        .complete(message);
            } else {
                listeners.forEach(each -> each.accept(message.path("sessionId").asText(), message));
            }
        }
    }
}
