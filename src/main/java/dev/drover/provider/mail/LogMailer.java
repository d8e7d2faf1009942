package dev.drover.provider.mail;

import dev.drover.core.access.Mailer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For servers without a mail server: whoever reads the log has the codes. */
public final class LogMailer implements Mailer {
    private static final Logger LOG = LoggerFactory.getLogger(LogMailer.class);

    @Override
    public void sendCode(String address, String code, Duration lasts) {
        LOG.info("login code for {}: {} (good for {} minutes)", address, code, lasts.toMinutes());
    }
}
