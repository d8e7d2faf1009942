package dev.drover.provider.model.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.ListedModel;
import dev.drover.core.model.ModelFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks a vendor what its models are. */
final class Listing {
    static final Duration LIMIT = Duration.ofSeconds(2);

    private static final int MOST_BYTES = 8 << 20;

    private final Vendor vendor;
    private final Endpoint endpoint;
    private final Transport transport;

    Listing(Vendor vendor, Endpoint endpoint, Transport transport) {
        this.vendor = vendor;
        this.endpoint = endpoint;
        this.transport = transport;
    }

    /** The whole exchange, names looked up included, runs on a thread of its own that is interrupted in time. */
    List<ListedModel> models() throws ModelFailure, InterruptedException {
        FutureTask<List<ListedModel>> exchange = new FutureTask<>(this::ask);
        Thread worker = Thread.ofVirtual().name("model-list").start(exchange);
        try {
            return exchange.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw failed("no answer within " + LIMIT.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                String why = cause.getMessage();
                throw failed(why == null ? cause.getClass().getSimpleName() : why, cause);
            }
            throw new IllegalStateException("a list of models could not be read", e);
        } finally {
            worker.interrupt();
        }
    }

    private List<ListedModel> ask() throws IOException {
        Transport.Arrival arrival = transport.send(vendor.listing(endpoint), LIMIT);
        try (Transport.Body body = arrival.body()) {
            if (arrival.status() != 200) {
                throw new IOException("it answered " + arrival.status());
            }
            byte[] bytes = body.readNBytes(MOST_BYTES);
            List<ListedModel> models = vendor.listed(JsonText.parsed(new String(bytes, StandardCharsets.UTF_8)));
            if (models.isEmpty()) {
                throw new IOException("its answer lists no model");
            }
            return models;
        }
    }

    private ModelFailure failed(String why, Throwable cause) {
        return ModelFailure.passing(
                endpoint.withoutKey(vendor.name() + " does not list its models: " + why), null, cause);
    }

    /** Those items that are models for conversations and have a name. */
    static List<ListedModel> models(JsonNode array, Function<JsonNode, @Nullable ListedModel> read) {
        List<ListedModel> models = new ArrayList<>();
        for (JsonNode item : array) {
            ListedModel model = read.apply(item);
            if (model != null && model.name().matches("[!-~]{1,200}")) {
                models.add(model);
            }
        }
        return models;
    }

    /** The first of these that is a number above zero. */
    static @Nullable Integer number(JsonNode model, String... names) {
        for (String name : names) {
            JsonNode value = model.path(name);
            if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0) {
                return value.intValue();
            }
        }
        return null;
    }
}
