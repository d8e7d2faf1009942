package dev.drover.provider.tool.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.computer.Dialogue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A client of Chromium's DevTools protocol over its pipe: JSON messages with a NUL byte behind each. */
final class DevTools implements AutoCloseable {
    /** A screenshot is the largest thing ever asked for; more comes from somebody who means ill. */
    private static final int LARGEST_MESSAGE = 64 << 20;

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Dialogue dialogue;
    private final Consumer<JsonNode> events;
    private final Map<Integer, BlockingQueue<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean open = true;

    /** @param events hears what the browser tells unasked, on one thread; it must not ask from there and wait */
    DevTools(Dialogue dialogue, Consumer<JsonNode> events) {
        this.dialogue = dialogue;
        this.events = events;
        // On threads of their own: an interrupt of a caller would close the line in the middle of a message.
        Thread.ofVirtual().name("devtools-reader").start(this::listen);
        Thread.ofVirtual().name("devtools-writer").start(this::write);
    }

    static ObjectNode parameters() {
        return MAPPER.createObjectNode();
    }

    boolean isOpen() {
        return open;
    }

    /** Asks and waits; empty when there was no answer within the time. An empty session is the browser itself. */
    Optional<JsonNode> ask(String session, String method, ObjectNode parameters, Duration patience)
            throws BrowserFailure, InterruptedException {
        int number = numbers.incrementAndGet();
        BlockingQueue<JsonNode> answers = new ArrayBlockingQueue<>(1);
        waiting.put(number, answers);
        try {
            post(number, session, method, parameters);
            JsonNode answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) {
                return Optional.empty();
            }
            if (!answer.has("result")) {
                throw new BrowserFailure(answer.path("error").path("message").asText("the browser refused " + method));
            }
            return Optional.of(answer.path("result"));
        } finally {
            waiting.remove(number);
        }
    }

    /** Tells the browser to do something, whatever it answers. */
    void tell(String session, String method, ObjectNode parameters) {
        outgoing.add(message(numbers.incrementAndGet(), session, method, parameters));
    }

    @Override
    public void close() {
        open = false;
        dialogue.close();
        outgoing.add(new byte[0]);
        JsonNode gone = gone();
        waiting.values().forEach(answers -> answers.offer(gone));
    }

    private void post(int number, String session, String method, ObjectNode parameters) throws BrowserFailure {
        outgoing.add(message(number, session, method, parameters));
        if (!open) {
            throw new BrowserFailure(ended());
        }
    }

    private static byte[] message(int number, String session, String method, ObjectNode parameters) {
        ObjectNode message = MAPPER.createObjectNode().put("id", number).put("method", method);
        message.set("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        return (message + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private void listen() {
        try (this) {
            InputStream input = new BufferedInputStream(dialogue.input(), 1 << 16);
            while (open) {
                JsonNode message = MAPPER.readTree(next(input));
                BlockingQueue<JsonNode> asked = waiting.get(message.path("id").asInt());
                if (asked != null) {
                    asked.offer(message);
                } else if (message.has("method")) {
                    events.accept(message);
                }
            }
        } catch (IOException e) {
            open = false;
        }
    }

    private void write() {
        try (this) {
            while (open) {
                dialogue.output().write(outgoing.take());
            }
        } catch (IOException | InterruptedException e) {
            open = false;
        }
    }

    private static byte[] next(InputStream input) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int octet = input.read(); octet != 0; octet = input.read()) {
            if (octet < 0 || message.size() == LARGEST_MESSAGE) {
                throw new IOException("the browser's line ended");
            }
            message.write(octet);
        }
        return message.toByteArray();
    }

    private JsonNode gone() {
        ObjectNode gone = MAPPER.createObjectNode();
        gone.putObject("error").put("message", ended());
        return gone;
    }

    private String ended() {
        String said = dialogue.complaints();
        String last = said.substring(said.lastIndexOf('\n') + 1);
        return "the browser has ended (crashed, killed, or out of memory); navigate again to get a new one"
                + (last.isEmpty() ? "" : "; its last words: " + last.substring(0, Math.min(200, last.length())));
    }
}
