package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serves the console: one page for all its paths, which finds out by itself what the path means, and its files. */
public final class ConsolePages {
    /** Nothing from outside, nothing inline, and no text becomes a script: lit-html alone may make templates. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");
    private static final List<String> PLACES = List.of("first", "second", "third", "fourth");

    private @Nullable ConsoleFiles read;

    public Operation page() {
        return Operation.of("Open the console", this::page).answersType(200, "text/html");
    }

    private Answer page(Call call) {
        ConsoleFiles files = files();
        String html = new String(files.find("index.html").orElseThrow(), StandardCharsets.UTF_8)
                .replace("{files}", "/console-files/" + files.version());
        return Answer.text(200, "text/html; charset=utf-8", html)
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cache-Control", "no-cache");
    }

    /** Whoever opens the server in a browser wants the console. */
    public Operation front() {
        return Operation.of(
                        "Go to the console",
                        call -> Answer.text(303, "text/plain; charset=utf-8", "/console\n")
                                .with("Location", "/console"))
                .answersType(303, "text/plain");
    }

    /** A file whose path below its version has so many parts. */
    public Operation file(int depth) {
        return Operation.of("Read a file of the console", call -> file(call, depth))
                .answersType(200, "text/javascript")
                .refuses(404);
    }

    private Answer file(Call call, int depth) {
        ConsoleFiles files = files();
        String path = PLACES.subList(0, depth).stream().map(call::path).collect(Collectors.joining("/"));
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        byte[] bytes = files.find(path).orElse(null);
        if (bytes == null || type == null) {
            throw new Rejected(new Rejection.NoSuchPath("/console-files/" + call.path("version") + "/" + path));
        }
        // A page of an older version may still ask for more of its files: it gets today's, and keeps none.
        boolean current = call.path("version").equals(files.version());
        return Answer.bytes(200, type, bytes)
                .with("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-store");
    }

    private synchronized ConsoleFiles files() {
        ConsoleFiles files = read;
        if (files == null) {
            files = ConsoleFiles.read();
            read = files;
        }
        return files;
    }
}
