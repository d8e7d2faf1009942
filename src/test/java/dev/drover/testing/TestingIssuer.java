package dev.drover.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A provider of identities that lets everybody in as one person, and bends its tokens as a test says. */
public final class TestingIssuer implements AutoCloseable {
    public static final String CLIENT = "drover";
    public static final String SECRET = "a secret between the two of us";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile ECKey key = newKey();
    private volatile String email = "mira@example.org";
    private volatile String tokensAt = "";
    private volatile boolean emailInToken = true;
    private volatile Signing signing = Signing.KEY;
    private volatile UnaryOperator<JWTClaimsSet.Builder> bend = claims -> claims;

    /** How tokens are signed. */
    public enum Signing {
        KEY,
        ANOTHER_KEY,
        CLIENT_SECRET,
        NOT
    }

    public TestingIssuer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The settings of a server that people log in to through this. */
    public Map<String, String> settings() {
        return Map.of(
                "DROVER_MODEL",
                "offline",
                "DROVER_OIDC_ISSUER",
                url(),
                "DROVER_OIDC_CLIENT_ID",
                CLIENT,
                "DROVER_OIDC_CLIENT_SECRET",
                SECRET,
                "DROVER_OIDC_NAME",
                "Example Login");
    }

    /** Who comes. */
    public void as(String address) {
        email = address;
    }

    /** Whether the token names the address, or only the answer to a further question. */
    public void withEmailInToken(boolean named) {
        emailInToken = named;
    }

    /** Names another place than its own for tokens. */
    public void withTokensAt(String place) {
        tokensAt = place;
    }

    /** What is wrong with tokens from now on. */
    public void bend(Signing way, UnaryOperator<JWTClaimsSet.Builder> change) {
        signing = way;
        bend = change;
    }

    /** Signs with another key from now on, and no longer shows the one before. */
    public void rotate() {
        key = newKey();
    }

    /** The paths that were asked for, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            switch (path) {
                case "/.well-known/openid-configuration" -> send(exchange, 200, about());
                case "/jwks" -> send(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
                case "/authorize" -> authorize(exchange);
                case "/token" -> token(exchange);
                case "/userinfo" ->
                    send(exchange, 200, "{\"sub\": \"subject of mira\", \"email\": \"%s\"}".formatted(email));
                default -> send(exchange, 404, "{}");
            }
        }
    }

    private String about() {
        return """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%2$s/token",
                 "userinfo_endpoint": "%1$s/userinfo", "jwks_uri": "%1$s/jwks", "response_types_supported": ["code"],
                 "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256"]}
                """.formatted(url(), tokensAt.isEmpty() ? url() : tokensAt);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, query);
        exchange.getResponseHeaders()
                .set("Location", query.get("redirect_uri") + "?code=" + code + "&state=" + query.get("state"));
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        Map<String, String> begun = Objects.requireNonNullElse(codes.remove(form.getOrDefault("code", "")), Map.of());
        boolean good = challenge(form.getOrDefault("code_verifier", "")).equals(begun.get("code_challenge"))
                && form.getOrDefault("redirect_uri", "").equals(begun.get("redirect_uri"))
                && isClient(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!good) {
            send(exchange, 400, "{\"error\": \"invalid_grant\", \"error_description\": \"no such code\"}");
            return;
        }
        send(exchange, 200, """
                {"access_token": "an access token", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}
                """.formatted(idToken(begun.getOrDefault("nonce", ""))));
    }

    private static boolean isClient(String authorization) {
        String pair = CLIENT + ":" + SECRET.replace(' ', '+');
        return ("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)))
                .equals(authorization);
    }

    private String idToken(String nonce) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(url())
                .subject("subject of mira")
                .audience(CLIENT)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("nonce", nonce);
        if (emailInToken) {
            claims.claim("email", email).claim("email_verified", true);
        }
        JWTClaimsSet set = bend.apply(claims).build();
        try {
            return switch (signing) {
                case NOT -> new PlainJWT(set).serialize();
                case CLIENT_SECRET -> {
                    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set);
                    token.sign(new MACSigner((SECRET + SECRET).getBytes(StandardCharsets.US_ASCII)));
                    yield token.serialize();
                }
                case KEY -> signed(set, key);
                case ANOTHER_KEY -> signed(set, newKey());
            };
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signed(JWTClaimsSet set, ECKey with) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), set);
        token.sign(new ECDSASigner(with));
        return token.serialize();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
