package dev.drover.provider.json;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.drover.core.Json;
import dev.drover.core.tool.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks by networknt's validator, which runs on Jackson 3; nothing outside the schema's own text is ever loaded. */
public final class NetworkntSchemas implements Schemas {
    private static final int KEPT = 256;
    private static final int TOLD = 3;
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Caches nothing by itself: a schema that claims another's {@code $id} must not take its place. */
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.allow(NetworkntSchemas::isMetaSchema))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .locale(Locale.ENGLISH)
                            .build()));

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Schema> compiled = new LinkedHashMap<>();

    @Override
    public Optional<String> violation(Json schema, Json value) {
        JsonNode node;
        try {
            node = MAPPER.readTree(value.text());
        } catch (JacksonException malformed) {
            return Optional.of("the input is not JSON: " + malformed.getOriginalMessage());
        }
        List<Error> errors = compiled(schema.text()).validate(node);
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(told(errors));
    }

    private static String told(List<Error> errors) {
        return errors.stream().limit(TOLD).map(NetworkntSchemas::sentence).collect(Collectors.joining("; "));
    }

    /** It is compiled anew, by rules of its own, so that one of many wishes takes no place among the kept. */
    @Override
    public Optional<String> misfit(Json schema) {
        try {
            JsonNode node = MAPPER.readTree(schema.text());
            List<Error> errors = registry.getSchema(SchemaLocation.of(DRAFT)).validate(node);
            if (!errors.isEmpty()) {
                return Optional.of(told(errors));
            }
            registry.getSchema(node).validate(MAPPER.createObjectNode());
            return Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.of("it is not JSON: " + malformed.getOriginalMessage());
        } catch (RuntimeException | StackOverflowError unusable) {
            return Optional.of("it cannot be used: " + unusable.getMessage());
        }
    }

    private Schema compiled(String text) {
        lock.lock();
        try {
            Schema known = compiled.get(text);
            if (known == null) {
                known = registry.getSchema(MAPPER.readTree(text));
                compiled.put(text, known);
                if (compiled.size() > KEPT) {
                    compiled.pollFirstEntry();
                }
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** These come with the validator; any other reference, to a class path as much as to a host, leads nowhere. */
    private static boolean isMetaSchema(AbsoluteIri iri) {
        return iri.toString().startsWith("https://json-schema.org/draft/");
    }

    private static String sentence(Error error) {
        String place = error.getInstanceLocation().toString();
        return (place.isEmpty() ? "the input" : place) + ": " + error.getMessage();
    }
}
