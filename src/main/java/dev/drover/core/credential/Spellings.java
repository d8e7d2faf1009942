package dev.drover.core.credential;

import dev.drover.core.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How one value may turn up in output: as it is, inside JSON, percent-encoded, in base64. */
final class Spellings {
    private Spellings() {}

    static Set<String> of(String value) {
        Set<String> plain = new LinkedHashSet<>(List.of(value, value.strip()));
        Set<String> all = new LinkedHashSet<>(plain);
        for (String each : plain) {
            for (String once : List.of(escaped(each), ascii(escaped(each)))) {
                all.add(once);
                // JSON that a program printed, inside the JSON of that tool's result.
                all.add(escaped(once));
            }
            String form = URLEncoder.encode(each, StandardCharsets.UTF_8);
            all.add(form);
            all.add(form.replace("+", "%20"));
            addBase64(each.getBytes(StandardCharsets.UTF_8), all);
        }
        return all;
    }

    static String escaped(String text) {
        String quoted = Json.quote(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        text.chars()
                .forEach(letter ->
                        ascii.append(letter < 128 ? Character.toString(letter) : "\\u%04x".formatted(letter)));
        return ascii.toString();
    }

    /** With none, one or two bytes before it, as in the user and password of HTTP's basic scheme. */
    private static void addBase64(byte[] value, Set<String> all) {
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + value.length];
            System.arraycopy(value, 0, shifted, before, value.length);
            int end = before + value.length;
            for (Base64.Encoder encoder : Arrays.asList(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String encoded = encoder.withoutPadding().encodeToString(shifted);
                // Letters that also hold bits of the neighbours are left out.
                all.add(encoded.substring((before * 8 + 5) / 6, end * 8 / 6));
            }
        }
    }
}
