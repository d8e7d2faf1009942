package dev.drover.provider.tool.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.credential.LentSecrets;
import dev.drover.core.credential.TestingSecrets;
import dev.drover.testing.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class HttpSecretsTest extends HttpCalls {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final LentSecrets secrets = new TestingSecrets()
            .with("ANY", "anywhere-value")
            .with("HERE", "here-value", "here.example")
            .with("URL", "anywhere%20path")
            .lent();

    @Test
    void fillsSecretsInAtSending() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer((head, in, out) -> {
            bodies.add(new String(in.readNBytes(10), StandardCharsets.US_ASCII));
            out.write(OK.getBytes(StandardCharsets.US_ASCII));
        })) {
            names.answering("here.example", "127.0.0.1");
            call(
                    secrets,
                    "{'method':'POST','url':'http://here.example:" + server.port()
                            + "/{{secret.URL}}?k={{secret.ANY}}',"
                            + "'headers':{'Authorization':'Bearer {{secret.HERE}}'},'body':'{{secret.HERE}}'}",
                    "here.example:" + server.port());
            assertThat(server.heads().getFirst())
                    .startsWith("POST /anywhere%20path?k=anywhere-value HTTP/1.1\r\n")
                    .contains("Authorization: Bearer here-value\r\n");
            assertThat(bodies).containsExactly("here-value");
        }
    }

    @Test
    void sendsASecretToNoOtherHost() throws Exception {
        try (RawServer server = RawServer.saying(OK)) {
            for (String place : List.of(
                    "'url':'" + server.url("/{{secret.HERE}}") + "'",
                    "'url':'" + server.url("/") + "','headers':{'X-Key':'{{secret.HERE}}'}",
                    "'url':'" + server.url("/") + "','body':'{{secret.HERE}}'")) {
                assertRejected(
                        () -> call(secrets, "{'method':'PUT'," + place + "}", server.address()),
                        "the secret HERE may not be sent to 127.0.0.1; it is for here.example");
            }
            assertRejected(
                    () -> call(
                            secrets,
                            "{'method':'GET','url':'" + server.url("/{{secret.NONE}}") + "'}",
                            server.address()),
                    "there is no secret NONE");
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void judgesEachHopOfARedirectAgain() throws Exception {
        try (RawServer other = RawServer.saying(OK);
                RawServer server = redirecting(307, other.url("/plain"));
                RawServer echoing = redirecting(302, other.url("/?stolen=here-value"))) {
            names.answering("here.example", "127.0.0.1");
            String[] allow = {"here.example:" + server.port(), "here.example:" + echoing.port(), other.address()};
            for (String place : List.of("'headers':{'X-Key':'{{secret.HERE}}'}", "'body':'{{secret.HERE}}'")) {
                String call = "{'method':'PUT','url':'http://here.example:" + server.port() + "/'," + place + "}";
                assertRejected(() -> call(secrets, call, allow), "the secret HERE may not be sent to 127.0.0.1");
            }
            String call = "{'method':'GET','url':'http://here.example:" + echoing.port() + "/?k={{secret.HERE}}'}";
            assertRejected(() -> call(secrets, call, allow), "the secret HERE may not be sent to 127.0.0.1");
            assertThat(other.heads()).isEmpty();
        }
    }

    @Test
    void fillsNothingInThatAServerSays() throws Exception {
        try (RawServer other = RawServer.saying(OK);
                RawServer server = redirecting(302, other.url("/?k={{secret.ANY}}"))) {
            call(secrets, "{'method':'GET','url':'" + server.url("/") + "'}", server.address(), other.address());
            assertThat(other.heads().getFirst()).doesNotContain("anywhere-value");
        }
    }

    private static RawServer redirecting(int status, String location) throws IOException {
        return RawServer.saying(
                "HTTP/1.1 " + status + " Go\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }
}
