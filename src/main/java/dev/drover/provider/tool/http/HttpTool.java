package dev.drover.provider.tool.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Json;
import dev.drover.core.credential.SecretWithheld;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebAnswer;
import dev.drover.core.egress.WebClient;
import dev.drover.core.egress.WebRequest;
import dev.drover.core.egress.WebUrl;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import dev.drover.provider.tool.ToolJson;
import dev.drover.provider.tool.WebReading;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code http_request}: one request from outside of the computer, each of its hops through the egress guard. */
public final class HttpTool implements Tool {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final int REDIRECTS = 5;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final ToolSpec SPEC = new ToolSpec("http_request", "HTTP", "request", """
            Sends an HTTP request to a public address and returns status_code, headers and body. Follows up to 5 \
            redirects. Of a body over 100 KB only the first 100 KB (truncated is true); a body that is no text comes \
            as base64 (body_encoding). Private and internal targets are refused. In url, headers and body \
            {{secret.NAME}} stands for the value of a secret of this run.""", new Json("""
            {"type":"object","required":["method","url"],"properties":{\
            "method":{"enum":["GET","POST","PUT","PATCH","DELETE","HEAD","OPTIONS"]},\
            "url":{"type":"string","description":"Absolute, http or https"},\
            "headers":{"type":"object","additionalProperties":{"type":"string"}},\
            "body":{"type":"string"},\
            "timeout_seconds":{"type":"number","description":"For all of it; default and limit are 30"}}}"""));

    private final WebClient web;

    public HttpTool(WebClient web) {
        this.web = web;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean repeatable(Json input) {
        return SAFE.contains(ToolJson.read(input).path("method").asText());
    }

    @Override
    public Json run(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        ObjectNode arguments = ToolJson.read(input);
        try {
            HttpOrder order = HttpOrder.read(arguments, context.secrets());
            Duration timeout = timeout(input);
            return ToolJson.write(told(within(timeout, () -> follow(order, context))));
        } catch (EgressDenied denied) {
            throw denied.isUnresolved() ? ToolRefusal.failed(denied.reason()) : ToolRefusal.rejected(denied.reason());
        } catch (SecretWithheld withheld) {
            throw ToolRefusal.rejected(withheld.reason());
        } catch (IOException e) {
            throw ToolRefusal.failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    /**
     * Socket timeouts start anew with every byte, so the whole exchange runs on a thread of its own, which is
     * interrupted, and its connection closed by that, when the time is up or the caller is interrupted.
     */
    private static WebReading within(Duration timeout, Callable<WebReading> work)
            throws ToolRefusal, EgressDenied, SecretWithheld, IOException, InterruptedException {
        FutureTask<WebReading> exchange = new FutureTask<>(work);
        Thread worker = Thread.ofVirtual().name("http_request").start(exchange);
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw ToolRefusal.failed("no whole answer within %s seconds".formatted(timeout.toMillis() / 1_000.0));
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case EgressDenied denied -> throw denied;
                case SecretWithheld withheld -> throw withheld;
                case ToolRefusal refusal -> throw refusal;
                case IOException failure -> throw failure;
                case null, default -> throw new IllegalStateException("an HTTP exchange broke", e);
            }
        } finally {
            worker.interrupt();
        }
    }

    private WebReading follow(HttpOrder first, ToolContext context)
            throws EgressDenied, SecretWithheld, IOException, ToolRefusal {
        HttpOrder order = first;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            WebRequest request = order.filled(context.secrets());
            WebReading answer =
                    new WebReading(web.send(request, context.egress().check(order.url())));
            Optional<WebUrl> next = answer.location(order.url());
            if (next.isEmpty()) {
                return answer;
            }
            order = order.redirected(answer.answer().status(), next.get(), context.secrets());
        }
        throw ToolRefusal.failed("more than 5 redirects, the last one to " + order.url());
    }

    private static ObjectNode told(WebReading reading) {
        WebAnswer answer = reading.answer();
        ObjectNode result = ToolJson.object().put("status_code", answer.status());
        ObjectNode named = result.putObject("headers");
        answer.headers().forEach(named::put);
        Optional<String> text = reading.text();
        result.put("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(answer.body())));
        result.put("truncated", answer.truncated());
        if (text.isEmpty()) {
            result.put("body_encoding", "base64");
        }
        return result;
    }

    private static Duration timeout(Json input) {
        double seconds = ToolJson.read(input).path("timeout_seconds").asDouble(0);
        long millis = Math.round(seconds * 1_000);
        return millis > 0 && millis < MOST.toMillis() ? Duration.ofMillis(millis) : MOST;
    }
}
