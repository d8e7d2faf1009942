package dev.drover.provider.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.credential.BadBundle;
import dev.drover.core.credential.BundleCipher;
import dev.drover.core.credential.BundleCodec;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Bundles as JSON with an indent of two, so that any tool that knows the format reads and writes the same. */
public final class JacksonBundles implements BundleCodec {
    private static final int VERSION = 1;
    private static final String ALGORITHM = "AES-256-GCM";
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final String SERVERS = "mcpServers";
    private static final String PLATFORM = "trinity";
    private static final int LONGEST_TEXT = 64 << 20;

    private static final JsonMapper MAPPER = mapper();
    private static final ObjectWriter INDENTED = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"))
            .withSeparators(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER)));

    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(LONGEST_TEXT)
                        .build());
        return mapper;
    }

    @Override
    public byte[] write(BundleCipher.Encrypted encrypted) {
        Base64.Encoder base64 = Base64.getEncoder();
        return bytes(MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("algorithm", ALGORITHM)
                .put("nonce", base64.encodeToString(encrypted.nonce()))
                .put("ciphertext", base64.encodeToString(encrypted.ciphertext())));
    }

    @Override
    public BundleCipher.Encrypted read(byte[] file) throws BadBundle {
        JsonNode bundle = object(file, "it is no JSON object");
        JsonNode version = bundle.path("version");
        if (!version.isIntegralNumber() || version.asLong() != VERSION) {
            throw new BadBundle("its version is " + version + ", expected " + VERSION);
        }
        if (!bundle.path("algorithm").asText().equals(ALGORITHM)) {
            throw new BadBundle("its algorithm is " + bundle.path("algorithm") + ", expected " + ALGORITHM);
        }
        byte[] nonce = base64(bundle, "nonce");
        byte[] ciphertext = base64(bundle, "ciphertext");
        if (nonce.length != NONCE || ciphertext.length < TAG) {
            throw new BadBundle("its nonce has %d bytes and its ciphertext %d, expected %d and at least %d"
                    .formatted(nonce.length, ciphertext.length, NONCE, TAG));
        }
        return new BundleCipher.Encrypted(nonce, ciphertext);
    }

    private static byte[] base64(JsonNode bundle, String name) throws BadBundle {
        JsonNode value = bundle.path(name);
        try {
            if (value.isTextual()) {
                return Base64.getDecoder().decode(value.textValue());
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through to the same refusal.
        }
        throw new BadBundle("its " + name + " is no base64 text");
    }

    @Override
    public byte[] writeFiles(SequencedMap<String, String> files) {
        try {
            return MAPPER.writeValueAsBytes(files);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts that are no JSON", e);
        }
    }

    @Override
    public SequencedMap<String, String> readFiles(byte[] plain) throws BadBundle {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        for (var file : object(plain, "what is in it is no JSON object").properties()) {
            if (!file.getValue().isTextual()) {
                throw new BadBundle("what is in it for '" + file.getKey() + "' is no text");
            }
            files.put(file.getKey(), file.getValue().textValue());
        }
        return files;
    }

    @Override
    public byte[] withPlatformServer(byte[] mcp, byte @Nullable [] replaced) throws BadBundle {
        ObjectNode given = object(mcp, "it is no JSON object");
        JsonNode kept = platformServer(replaced);
        JsonNode servers = given.path(SERVERS);
        if (kept.isMissingNode() || servers.has(PLATFORM)) {
            return mcp;
        }
        if (!servers.isMissingNode() && !servers.isObject()) {
            throw new BadBundle("its " + SERVERS + " is no object");
        }
        given.withObjectProperty(SERVERS).set(PLATFORM, kept);
        return bytes(given);
    }

    private static JsonNode platformServer(byte @Nullable [] replaced) {
        try {
            return replaced == null
                    ? MAPPER.missingNode()
                    : object(replaced, "").path(SERVERS).path(PLATFORM);
        } catch (BadBundle e) {
            return MAPPER.missingNode();
        }
    }

    private static ObjectNode object(byte[] json, String otherwise) throws BadBundle {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException notJson) {
            // Its message could quote a secret; falls through to a refusal that does not.
        }
        throw new BadBundle(otherwise);
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return INDENTED.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that is no JSON", e);
        }
    }
}
