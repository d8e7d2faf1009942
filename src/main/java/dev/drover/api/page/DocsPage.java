package dev.drover.api.page;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.JsonCodec;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.api.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The description of the API: for programs as OpenAPI, for people as Swagger UI out of our own class path. */
public final class DocsPage {
    private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
    private static final String ABOUT_WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    /** Swagger UI sets styles and inlines images as it draws; nothing else may come from outside its own files. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> FILES = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "favicon-32x32.png", "image/png");
    private static final String START = "start.js";

    private final List<Route> routes;
    private byte @Nullable [] written;

    /** @param routes read when somebody asks for the description, not before */
    public DocsPage(List<Route> routes) {
        this.routes = routes;
    }

    public Operation description() {
        return Operation.of("Read this description", call -> Answer.bytes(200, "application/json", describe()))
                .answers(200, Object.class);
    }

    private synchronized byte[] describe() {
        byte[] bytes = written;
        if (bytes == null) {
            bytes = JsonCodec.bytes(new OpenApi().describe(routes));
            written = bytes;
        }
        return bytes;
    }

    public Operation page() {
        return Operation.of("Read this description as a page", this::page).answersType(200, "text/html");
    }

    private Answer page(Call call) {
        String html = text("/docs/index.html").replace("{version}", version());
        return Answer.text(200, "text/html; charset=utf-8", html)
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer");
    }

    public Operation asset() {
        return Operation.of("Read a file of that page", this::asset)
                .answersType(200, "text/css")
                .refuses(404);
    }

    private Answer asset(Call call) {
        String file = call.path("file");
        String type = file.equals(START) ? "text/javascript; charset=utf-8" : FILES.get(file);
        if (type == null || !call.path("version").equals(version())) {
            throw new Rejected(new Rejection.NoSuchPath("/docs/" + call.path("version") + "/" + file));
        }
        if (file.equals(START)) {
            return Answer.bytes(200, type, read("/docs/" + START)).with("Cache-Control", "no-cache");
        }
        // The version of Swagger UI is part of the path, so what is there never changes.
        return Answer.bytes(200, type, read(WEBJAR + version() + "/" + file))
                .with("Cache-Control", "public, max-age=31536000, immutable");
    }

    private static String version() {
        Properties about = new Properties();
        try (InputStream in = open(ABOUT_WEBJAR)) {
            about.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return about.getProperty("version");
    }

    private static String text(String resource) {
        return new String(read(resource), StandardCharsets.UTF_8);
    }

    private static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = DocsPage.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("the class path lacks " + resource);
        }
        return in;
    }
}
