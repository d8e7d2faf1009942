package dev.drover.provider.mail;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Mailer;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands mail to a server by SMTP. */
public final class SmtpMailer implements Mailer {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpMailer.class);
    private static final String PATIENCE_MS = "10000";

    private final Session session;
    private final String from;
    private final Clock clock;

    public SmtpMailer(SmtpServer server, String from, Clock clock) {
        this.session = Session.getInstance(properties(server), login(server));
        this.from = from;
        this.clock = clock;
    }

    private static Properties properties(SmtpServer server) {
        String protocol = server.tls() ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", protocol);
        properties.put("mail.transport.protocol.rfc822", protocol);
        properties.put(prefix + "host", server.host());
        properties.put(prefix + "port", String.valueOf(server.port()));
        properties.put(prefix + "auth", String.valueOf(server.user() != null));
        properties.put(prefix + "starttls.enable", "true");
        // A password goes over a network in a sealed envelope or not at all.
        properties.put(prefix + "starttls.required", String.valueOf(server.user() != null && !server.isHere()));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "connectiontimeout", PATIENCE_MS);
        properties.put(prefix + "timeout", PATIENCE_MS);
        properties.put(prefix + "writetimeout", PATIENCE_MS);
        return properties;
    }

    private static @Nullable Authenticator login(SmtpServer server) {
        String user = server.user();
        return user == null
                ? null
                : new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(user, server.password());
                    }
                };
    }

    @Override
    public void sendCode(String address, String code, Duration lasts) {
        try {
            MimeMessage message = new MimeMessage(session);
            message.setFrom(new InternetAddress(from));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(address));
            message.setSubject("Your Drover login code");
            message.setSentDate(Date.from(clock.instant()));
            message.setText("""
                    Your login code is %s. It is good for %d minutes.

                    If you did not ask for it, you need not do anything.
                    """.formatted(code, lasts.toMinutes()));
            Transport.send(message);
        } catch (MessagingException e) {
            LOG.warn("no mail could be sent to {}: {}", address, e.getMessage());
            throw new Refused(new Problem.Unavailable("the mail server", null));
        }
    }
}
