package dev.drover.api.trinity;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.provider.mail.TestingSmtp;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;

/** A server with a mail server beside it, and people who log in by their mail. */
final class TestingPeople implements AutoCloseable {
    final TestingSmtp smtp = new TestingSmtp();
    final TestingApi server;

    TestingPeople() {
        this(Map.of());
    }

    TestingPeople(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "DROVER_MODEL", "offline", "DROVER_SMTP_URL", smtp.url(), "DROVER_MAIL_FROM", "drover@example.org"));
        all.putAll(settings);
        server = new TestingApi(all);
    }

    /** Lets the address log in, and logs it in; its token. */
    String join(String email) throws InterruptedException {
        server.post("/api/settings/email-whitelist", "{\"email\": \"" + email + "\"}");
        ask(email);
        TestingSmtp.Mail mail = smtp.take();
        while (!mail.to().equals(email)) {
            mail = smtp.take();
        }
        return verify(email, mail.code()).text("access_token");
    }

    Reply ask(String email) {
        return post("/api/auth/email/request", "{\"email\": \"" + email + "\"}");
    }

    Reply verify(String email, String code) {
        return post("/api/auth/email/verify", "{\"email\": \"" + email + "\", \"code\": \"" + code + "\"}");
    }

    private Reply post(String path, String body) {
        return server.send(
                server.to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    Reply as(String token, String method, String path, String body) {
        HttpRequest.Builder request = server.as(token, path).header("Content-Type", "application/json");
        return server.send(request.method(method, BodyPublishers.ofString(body)));
    }

    Reply as(String token, String path) {
        return server.send(server.as(token, path));
    }

    @Override
    public void close() {
        server.close();
        smtp.close();
    }
}
