package dev.drover.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Reads and writes JSON for every dialect: fields in snake_case, times in UTC with exactly three decimals. */
public final class JsonCodec {
    /** Deeper bodies are nobody's, and each level costs stack wherever a tree is walked. */
    private static final int DEEPEST = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper MAPPER = mapper();

    /** Of two fields with one name readers pick different ones, so a body that has them is nobody's clear wish. */
    private static final ObjectReader BODIES =
            MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private JsonCodec() {}

    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addModule(new SimpleModule().addSerializer(Instant.class, new TimeWriter()))
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength((int) HttpServer.LARGEST_BODY)
                        .build());
        return mapper;
    }

    /** A time as every answer writes it. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value on one line: the writer escapes every line break inside it. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A body as a JSON object; rejected when it is anything else. */
    public static ObjectNode object(byte[] body) {
        return object(new ByteArrayInputStream(body));
    }

    static ObjectNode object(InputStream body) {
        JsonNode node = parse(body);
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new Rejected(new Rejection.BodyNotObject(node.getNodeType().name().toLowerCase(Locale.ROOT)));
    }

    /** A body as whatever JSON it is. */
    public static JsonNode tree(byte[] body) {
        return parse(new ByteArrayInputStream(body));
    }

    private static JsonNode parse(InputStream body) {
        try {
            return BODIES.readTree(body);
        } catch (JsonProcessingException e) {
            long offset =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
            throw new Rejected(new Rejection.BodyNotJson(e.getOriginalMessage(), offset));
        } catch (IOException e) {
            // Bytes that are no text in the encoding they announce end here.
            throw new Rejected(new Rejection.BodyNotJson("it is not UTF-8 text", 0));
        }
    }

    /** The text as JSON, or as a JSON string when it is not JSON; for what a model or a tool wrote. */
    public static JsonNode tolerant(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node.isMissingNode() ? MAPPER.getNodeFactory().textNode(text) : node;
        } catch (JsonProcessingException e) {
            return MAPPER.getNodeFactory().textNode(text);
        }
    }

    private static final class TimeWriter extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        TimeWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(time(value));
        }
    }
}
