package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebClient;
import dev.drover.core.egress.WebRequest;
import dev.drover.core.egress.WebUrl;
import dev.drover.core.tool.ToolRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells somebody elsewhere how an execution ended: by one POST, again only while the server there is at fault. */
public final class CallbackPost {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackPost.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RETRIES = 3;

    private final WebClient web;
    private final EgressGuard guard;
    private final Duration firstPause;

    /** @param firstPause before the first retry; each is twice as long as the one before */
    public CallbackPost(WebClient web, EgressGuard guard, Duration firstPause) {
        this.web = web;
        this.guard = guard;
        this.firstPause = firstPause;
    }

    void post(String url, Json body) {
        try {
            int status = sent(url, body);
            for (int retry = 0; status >= 500 && retry < RETRIES; retry++) {
                Thread.sleep(firstPause.multipliedBy(1L << retry));
                status = sent(url, body);
            }
            if (status / 100 != 2) {
                LOG.warn("the callback of an execution was answered {}", status);
            }
        } catch (ToolRefusal lost) {
            LOG.warn("the callback of an execution failed: {}", lost.reason());
        } catch (InterruptedException e) {
            LOG.warn("the callback of an execution was lost when the server stopped", e);
        }
    }

    private int sent(String url, Json body) throws ToolRefusal, InterruptedException {
        return InTime.within(PATIENCE, () -> {
            try {
                WebUrl to = WebUrl.read(url);
                byte[] bytes = body.text().getBytes(StandardCharsets.UTF_8);
                Map<String, String> headers = Map.of("Content-Type", "application/json");
                return web.send(new WebRequest("POST", to, headers, bytes, 0), guard.check(to))
                        .status();
            } catch (EgressDenied denied) {
                throw ToolRefusal.rejected(denied.reason());
            } catch (IOException failure) {
                throw ToolRefusal.failed(String.valueOf(failure.getMessage()));
            }
        });
    }
}
