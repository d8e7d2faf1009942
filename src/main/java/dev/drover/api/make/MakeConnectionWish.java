package dev.drover.api.make;

import dev.drover.api.http.CamelCase;
import dev.drover.api.http.Fields;
import dev.drover.core.connection.ConnectionWish;
import dev.drover.core.connection.Credentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is made by, or changed.
 *
 * @param accountName the same as the name, as Make calls it when one is made
 * @param url where the service is; also taken as {@code baseUrl}
 * @param apiKey of a provider of models; elsewhere the value of the header that {@code headerName} names
 * @param token a bearer token
 * @param models names to offer whatever the provider lists
 */
@CamelCase
record MakeConnectionWish(
        @Nullable String name,
        @Nullable String accountName,
        @Nullable String accountType,
        @Nullable String url,
        @Nullable String apiKey,
        @Nullable String headerName,
        @Nullable String token,
        @Nullable String username,
        @Nullable String password,
        @Nullable Map<String, String> headers,
        @Nullable List<String> models) {
    static MakeConnectionWish of(Fields fields) {
        String url = fields.text("url");
        return new MakeConnectionWish(
                fields.text("name"),
                fields.text("accountName"),
                fields.text("accountType"),
                url == null ? fields.text("baseUrl") : url,
                fields.text("apiKey"),
                fields.text("headerName"),
                fields.text("token"),
                fields.text("username"),
                fields.text("password"),
                fields.words("headers"),
                fields.texts("models"));
    }

    ConnectionWish create() {
        return wish(name == null ? accountName : name);
    }

    /** Answers name the type {@code accountName}, and whoever sends one back wants no new name. */
    ConnectionWish change() {
        return wish(name);
    }

    private ConnectionWish wish(@Nullable String called) {
        return new ConnectionWish(
                called,
                accountType,
                url,
                models,
                new Credentials(apiKey, headerName, token, username, password, headers));
    }

    /** Without the values, so that no log has them. */
    @Override
    public String toString() {
        return "MakeConnectionWish[" + accountType + "]";
    }
}
