package dev.drover.api.http;

import dev.drover.core.access.Caller;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request as a handler sees it: who calls, what the path, query and headers hold, and the body when asked for. */
public final class Call {
    private static final Pattern JSON = Pattern.compile("(?i) *application/(?:[a-z0-9.+-]+\\+)?json *(?:;.*)?");

    private final @Nullable Caller caller;
    private final Router.Match match;
    private final Inquiry inquiry;
    private byte @Nullable [] read;

    Call(@Nullable Caller caller, Router.Match match, Inquiry inquiry) {
        this.caller = caller;
        this.match = match;
        this.inquiry = inquiry;
    }

    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException(match.route().path() + " lets in callers without a credential");
        }
        return caller;
    }

    /** The decoded value of a parameter of the path. */
    public String path(String name) {
        Map<String, String> values = match.parameters();
        return Optional.ofNullable(values.get(name))
                .orElseThrow(() -> new IllegalStateException(match.route().path() + " has no parameter " + name));
    }

    /** The first value of a query parameter. */
    public @Nullable String query(String name) {
        return inquiry.query().apply(name);
    }

    /** The query parameters whose names begin so, by what follows; one of them twice must say the same. */
    public Map<String, String> queries(String prefix) {
        Map<String, String> values = new TreeMap<>();
        inquiry.queries().get().forEach((name, given) -> {
            if (name.startsWith(prefix)) {
                boolean fits = given.stream().distinct().count() == 1 && (name + given.getFirst()).indexOf('\0') < 0;
                if (!fits) {
                    throw new Rejected(new Rejection.QueryMisfit(name, "must have one value, without a NUL character"));
                }
                values.put(name.substring(prefix.length()), given.getFirst());
            }
        });
        return values;
    }

    /** How many items of a list are wanted: the usual number when nothing is said, and never more than the most. */
    public int limit(int usual, int most) {
        String text = query("limit");
        if (text == null) {
            return usual;
        }
        if (!text.matches("0*[1-9][0-9]*")) {
            throw new Rejected(new Rejection.QueryMisfit("limit", "must be a whole number of at least 1"));
        }
        return text.length() > 9 ? most : Math.min(most, Integer.parseInt(text));
    }

    Route route() {
        return match.route();
    }

    Inquiry inquiry() {
        return inquiry;
    }

    /** Whether it only asks. */
    public boolean isReading() {
        return match.route().method() == Method.GET;
    }

    public @Nullable String header(String name) {
        return inquiry.header(name);
    }

    /** Where the request came from. */
    public String address() {
        return inquiry.address();
    }

    /** Whether it came from this machine, and not through a proxy. */
    public boolean isNearby() {
        return inquiry.nearby();
    }

    /** Who waits for the answer; ask after the body was read. */
    public Peer peer() {
        return inquiry.peer().get();
    }

    /** The whole body, within the route's limit. */
    public byte[] body() {
        byte[] bytes = read;
        if (bytes == null) {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            inquiry.body().copy(match.route().bodyLimit(), kept);
            bytes = kept.toByteArray();
            read = bytes;
        }
        return bytes;
    }

    /** The body as a JSON object. */
    public Fields fields() {
        String type = header("Content-Type");
        if (type != null
                && match.route().dialect().needsJsonType()
                && !JSON.matcher(type).matches()) {
            throw new Rejected(new Rejection.BodyNotJson("its Content-Type is '" + type + "'", 0));
        }
        return new Fields(JsonCodec.object(body()));
    }

    /** The whole body, within the route's limit, on disk; whoever asks closes it. */
    public Upload upload() {
        return Upload.keep(header("Content-Type"), match.route().bodyLimit(), inquiry.body());
    }

    /** The body as a form. */
    public Form form() {
        return Form.read(header("Content-Type"), body());
    }
}
