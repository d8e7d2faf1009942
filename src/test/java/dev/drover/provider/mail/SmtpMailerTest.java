package dev.drover.provider.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SmtpMailerTest {
    private static final Duration LASTS = Duration.ofMinutes(10);

    @Test
    void handsAMailToTheServer() throws InterruptedException {
        try (TestingSmtp smtp = new TestingSmtp()) {
            mailer(smtp.url()).sendCode("mira@example.org", "012345", LASTS);
            TestingSmtp.Mail mail = smtp.take();
            assertThat(mail.from()).isEqualTo("drover@example.org");
            assertThat(mail.to()).isEqualTo("mira@example.org");
            assertThat(mail.text()).contains("Subject: Your Drover login code", "To: mira@example.org", "10 minutes");
            assertThat(mail.code()).isEqualTo("012345");
        }
    }

    @Test
    void logsInWhereTheServerWantsIt() throws InterruptedException {
        try (TestingSmtp smtp = new TestingSmtp("post:p@ss+word")) {
            String url = "smtp://post:p%40ss+word@127.0.0.1:" + smtp.port();
            mailer(url).sendCode("mira@example.org", "012345", LASTS);
            assertThat(smtp.take().to()).isEqualTo("mira@example.org");
            assertUnavailable("smtp://post:wrong@127.0.0.1:" + smtp.port());
        }
    }

    @Test
    void saysThatNoMailCanBeSent() {
        assertUnavailable("smtp://127.0.0.1:1");
    }

    @Test
    void readsTheAddressOfAServer() {
        assertThat(SmtpServer.of(URI.create("smtps://mail.example")))
                .isEqualTo(new SmtpServer(true, "mail.example", 465, null, ""));
        assertThat(SmtpServer.of(URI.create("smtp://a%3Ab:c:d@mail.example:587")))
                .isEqualTo(new SmtpServer(false, "mail.example", 587, "a:b", "c:d"));
        assertThat(SmtpServer.of(URI.create("smtp://a:secret@mail.example"))).hasToString("mail.example:25");
    }

    private static void assertUnavailable(String url) {
        assertThatThrownBy(() -> mailer(url).sendCode("mira@example.org", "012345", LASTS))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem()).isInstanceOf(Problem.Unavailable.class));
    }

    private static SmtpMailer mailer(String url) {
        return new SmtpMailer(SmtpServer.of(URI.create(url)), "drover@example.org", Clock.systemUTC());
    }
}
