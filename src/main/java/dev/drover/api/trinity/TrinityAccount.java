package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Access;
import dev.drover.core.access.Members;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who somebody is (contract, section 3.4). */
public final class TrinityAccount {
    private static final Pattern BEARER = Pattern.compile("(?i)(?:bearer|token) +(\\S+) *");
    private static final String COOKIE = "token=";

    private final Access access;
    private final Members members;

    public TrinityAccount(Access access, Members members) {
        this.access = access;
        this.members = members;
    }

    public Operation me() {
        return Operation.of(
                        "Tell who the caller is",
                        call -> Answer.ok(TrinityUser.of(call.caller().user())))
                .answers(200, TrinityUser.class);
    }

    public Operation list() {
        return Operation.of(
                        "List the people of this server; for administrators",
                        call -> Answer.ok(members.list(call.caller()).stream()
                                .map(TrinityUser::of)
                                .toList()))
                .answers(200, TrinityUser[].class);
    }

    public Operation validate() {
        return Operation.of(
                        "Tell whether a token is good: in the header, the cookie token or the query", this::validate)
                .query("token", String.class, "the token, where it is not in a header")
                .answers(200, Valid.class)
                .refuses(401);
    }

    private Answer validate(Call call) {
        String token = token(call);
        if (token == null) {
            return TrinityDialect.unauthenticated("No token provided");
        }
        try {
            return Answer.ok(new Valid("valid", access.identify(token).user().name()));
        } catch (Refused e) {
            if (e.problem() instanceof Problem.Unauthenticated) {
                return TrinityDialect.unauthenticated("Invalid token");
            }
            throw e;
        }
    }

    /** The credential of a header as it stands at doors that nobody keeps. */
    static @Nullable String bearer(Call call) {
        String header = call.header("Authorization");
        Matcher bearer = BEARER.matcher(header == null ? "" : header);
        return bearer.matches() ? bearer.group(1) : null;
    }

    private static @Nullable String token(Call call) {
        String token = bearer(call);
        String query = token == null ? call.query("token") : token;
        return query == null ? cookie(call.header("Cookie")) : query;
    }

    private static @Nullable String cookie(@Nullable String header) {
        return header == null
                ? null
                : Arrays.stream(header.split(";", -1))
                        .map(String::strip)
                        .filter(cookie -> cookie.startsWith(COOKIE))
                        .map(cookie -> cookie.substring(COOKIE.length()))
                        .findFirst()
                        .orElse(null);
    }

    record Valid(String status, String user) {}
}
