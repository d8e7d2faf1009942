package dev.drover.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final TestingApi SERVER = new TestingApi();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void tellsThatItIsHealthy() {
        Reply reply = open("/health");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("status").asText()).isEqualTo("healthy");
        assertThat(reply.json().path("timestamp").asText()).matches(".*\\.\\d{3}Z");
    }

    @Test
    void showsWhatItMeasured() {
        open("/health");
        Reply reply = open("/metrics");
        assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(reply.body())
                .contains("drover_http_requests_seconds_count{method=\"GET\",route=\"/health\",status=\"200\"}")
                .contains("jvm_memory_used_bytes", "drover_http_streams 0");
    }

    @Test
    void servesTheDocumentationFromItsOwnClassPath() {
        Reply page = open("/docs");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self';");
        assertThat(page.body()).doesNotContain("http://", "https://", "<script>");
        Matcher files = Pattern.compile("(?:src|href)=\"(/docs/[^\"]+)\"").matcher(page.body());
        int found = 0;
        while (files.find()) {
            Reply file = open(files.group(1));
            assertThat(file.status()).as(files.group(1)).isEqualTo(200);
            assertThat(file.header("Cache-Control"))
                    .isEqualTo(
                            files.group(1).endsWith("start.js") ? "no-cache" : "public, max-age=31536000, immutable");
            found++;
        }
        assertThat(found).isEqualTo(4);
        assertThat(open("/docs/0.0.0/swagger-ui.css").status()).isEqualTo(404);
        assertThat(open("/docs/5.32.2/..%2Fpom.xml").status()).isEqualTo(404);
    }

    private static Reply open(String path) {
        return SERVER.send(SERVER.to(path));
    }
}
