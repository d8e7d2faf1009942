package dev.drover.provider.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.StartFailure;
import dev.drover.core.credential.BadBundle;
import dev.drover.core.credential.BundleCipher;
import dev.drover.provider.secret.AesBundles;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonBundlesTest {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    /** Made by Python's json and cryptography; its JSON has a space behind each colon and comma. */
    private static final String BY_PYTHON = """
            {
              "version": 1,
              "algorithm": "AES-256-GCM",
              "nonce": "ZGVmZ2hpamtsbW5v",
              "ciphertext": "MznwAxefdKQeQB7V6zkEPt7/5IoVr1qQJ03wJtmPhWq6hCOwYnjoa5PRQh/fObftZhfhaOXGII30Ck5GODseV68="
            }""";

    /** The same files by the crypto module of Node. */
    private static final String BY_NODE = BY_PYTHON.replaceAll(
            "\"Mzn.*\"", "\"MznwAxefdKQcI2LZhgupYX8ghpRIxRHyO43CateBiyX3mW6qP331JsfRA0LfP5vxPt2ek0Uq+iofWD419PQ=\"");

    private final BundleCipher cipher = AesBundles.of(KEY);
    private final JacksonBundles bundles = new JacksonBundles();

    @ParameterizedTest
    @ValueSource(strings = {BY_PYTHON, "node"})
    void opensWhatOthersMade(String bundle) throws Exception {
        String text = bundle.equals("node") ? BY_NODE : bundle;

        assertThat(bundles.readFiles(cipher.decrypt(bundles.read(text.getBytes(UTF_8)))))
                .containsEntry(".env", "A=1\nÜ=„é“\n")
                .containsEntry(".mcp.json", "{}")
                .hasSize(2);
    }

    @Test
    void writesByteForByteWhatOthersWrite() throws Exception {
        assertThat(new String(bundles.write(bundles.read(BY_PYTHON.getBytes(UTF_8))), UTF_8))
                .isEqualTo(BY_PYTHON);
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put(".env", "A=1\nÜ=„é“\n");
        files.put(".mcp.json", "{}");
        assertThat(bundles.writeFiles(files)).isEqualTo(cipher.decrypt(bundles.read(BY_NODE.getBytes(UTF_8))));
    }

    @Test
    void neverUsesANonceTwice() throws Exception {
        byte[] plain = "plain".getBytes(UTF_8);
        BundleCipher.Encrypted one = cipher.encrypt(plain);

        assertThat(one.nonce()).hasSize(12).isNotEqualTo(cipher.encrypt(plain).nonce());
        assertThat(one.ciphertext()).hasSize(plain.length + 16);
        assertThat(cipher.decrypt(bundles.read(bundles.write(one)))).isEqualTo(plain);
    }

    @Test
    void opensNothingWithAnotherKeyOrAltered() {
        byte[] altered = BY_PYTHON.replace("Mzn", "MZn").getBytes(UTF_8);

        assertThatThrownBy(() -> AesBundles.of(KEY.replace('0', '1')).decrypt(bundles.read(BY_PYTHON.getBytes(UTF_8))))
                .isInstanceOf(BadBundle.class)
                .hasMessageContaining("another key");
        assertThatThrownBy(() -> cipher.decrypt(bundles.read(altered))).isInstanceOf(BadBundle.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{\"version\":2,\"algorithm\":\"AES-256-GCM\",\"nonce\":\"\",\"ciphertext\":\"\"}",
                "{\"version\":\"1\",\"algorithm\":\"AES-256-GCM\",\"nonce\":\"\",\"ciphertext\":\"\"}",
                "{\"version\":1,\"algorithm\":\"AES-128-GCM\",\"nonce\":\"\",\"ciphertext\":\"\"}",
                "{\"version\":1,\"algorithm\":\"AES-256-GCM\",\"nonce\":\"!\",\"ciphertext\":\"AAAA\"}",
                "{\"version\":1,\"algorithm\":\"AES-256-GCM\",\"nonce\":1,\"ciphertext\":\"AAAA\"}",
                "{\"version\":1,\"algorithm\":\"AES-256-GCM\",\"nonce\":\"AAAA\",\"ciphertext\":\"AAAA\"}"
            })
    void refusesWhatIsNoBundle(String text) {
        assertThatThrownBy(() -> bundles.read(text.getBytes(UTF_8))).isInstanceOf(BadBundle.class);
    }

    @Test
    void refusesContentThatIsNoTexts() {
        assertThatThrownBy(() -> bundles.readFiles("{\".env\":1}".getBytes(UTF_8)))
                .isInstanceOf(BadBundle.class);
        assertThatThrownBy(() -> bundles.readFiles(new byte[] {(byte) 0xff})).isInstanceOf(BadBundle.class);
    }

    @Test
    void keepsThePlatformsServerAndLeavesAllElseAsItIs() throws Exception {
        byte[] plain = "{\"mcpServers\":{\"mine\":{\"url\":\"x\"}}}".getBytes(UTF_8);
        byte[] old = "{\"mcpServers\":{\"trinity\":{\"url\":\"p\"},\"gone\":{}}}".getBytes(UTF_8);

        assertThat(bundles.withPlatformServer(plain, null)).isSameAs(plain);
        assertThat(bundles.withPlatformServer(plain, plain)).isSameAs(plain);
        assertThat(bundles.withPlatformServer(plain, "broken".getBytes(UTF_8))).isSameAs(plain);
        assertThat(new String(bundles.withPlatformServer(plain, old), StandardCharsets.UTF_8))
                .contains("mine", "trinity", "\"p\"")
                .doesNotContain("gone");
        assertThatThrownBy(() -> bundles.withPlatformServer("[]".getBytes(UTF_8), null))
                .isInstanceOf(BadBundle.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"})
    void refusesAKeyOfAnotherShapeWithoutShowingIt(String key) {
        assertThatThrownBy(() -> AesBundles.of(key))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("64 hex characters")
                .hasMessageContaining("openssl rand -hex 32");
    }
}
