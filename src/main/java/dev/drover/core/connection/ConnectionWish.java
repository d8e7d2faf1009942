package dev.drover.core.connection;

import dev.drover.core.Refused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wish to make a connection, or to change what is given of one.
 *
 * @param type the type's word; never changed
 * @param url where the service is
 * @param models names to offer whatever the service says
 */
public record ConnectionWish(
        @Nullable String name,
        @Nullable String type,
        @Nullable String url,
        @Nullable List<String> models,
        Credentials credentials) {
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_URL = 2_048;
    private static final int LONGEST_MODEL = 200;
    private static final int MOST_MODELS = 100;

    public ConnectionWish {
        if (name != null) {
            name = name.strip();
            int length = name.length();
            Refused.when(
                    length == 0 || length > LONGEST_NAME, "name", "must have 1 to 128 characters, but has " + length);
        }
        if (url != null) {
            url = url.strip();
            Refused.when(
                    !isAddress(url),
                    "url",
                    "must be an absolute http or https URL without user name or fragment,"
                            + " such as https://llm.example/v1, at most 2048 characters");
        }
        if (models != null) {
            models = models.stream().map(String::strip).distinct().toList();
            Refused.when(models.size() > MOST_MODELS, "models", "holds " + models.size() + " names; at most 100");
            for (String model : models) {
                Refused.when(
                        model.length() > LONGEST_MODEL || !model.matches("[!-~]+"),
                        "models",
                        "has '" + model + "'; a name has 1 to 200 printable ASCII characters, no blanks");
            }
        }
    }

    private static boolean isAddress(String text) {
        if (text.length() > LONGEST_URL) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return text.matches("https?://.+")
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Whoever may change a connection is not to learn by that what it holds. */
    private boolean leadsElsewhere(ConnectionValues before) {
        return url != null && (before.url() == null || !origin(url).equals(origin(before.url())));
    }

    private static String origin(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** What is to be sealed of a new connection. */
    ConnectionValues values(ConnectionType kind) {
        return values(kind, new ConnectionValues(null, null, Map.of()));
    }

    /** What is to be sealed when this is laid over what there is; the headers are replaced as a whole. */
    ConnectionValues values(ConnectionType kind, ConnectionValues before) {
        boolean ofModels = kind.kind() == ConnectionKind.MODELS;
        Refused.when(
                ofModels && credentials.areForHttp(),
                "accountType",
                "is " + kind.word() + ", which takes url, apiKey and models; no headers, token or password");
        Refused.when(
                ofModels && url != null && url.indexOf('?') >= 0,
                "url",
                "must not have a query, for the provider's paths are put behind it");
        Refused.when(!ofModels && models != null, "models", "is for connections to models only");
        Refused.when(
                leadsElsewhere(before) && before.hasSecrets() && !credentials.areGiven(),
                "url",
                "leads to another server, which must not get the old credentials: give the new ones with it");
        String address = url == null ? before.url() : url;
        Refused.when(kind.needsAddress() && address == null, "url", "Required");
        if (!ofModels) {
            return new ConnectionValues(
                    address, null, credentials.areGiven() ? credentials.asHeaders() : before.headers());
        }
        String key = credentials.key() == null ? before.key() : credentials.key();
        Refused.when(kind.needsKey() && key == null, "apiKey", "Required");
        return new ConnectionValues(address, key, before.headers());
    }
}
