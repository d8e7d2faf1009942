package dev.drover.provider.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.core.terminal.SshKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Keys as OpenSSH writes them. */
public final class OpenSshKeys implements SshKeys {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LEAST_RSA_BITS = 2048;

    @Override
    public Pair make(String comment) {
        try (ByteArrayOutputStream pem = new ByteArrayOutputStream()) {
            KeyPair pair = SecurityUtils.getKeyPairGenerator("Ed25519").generateKeyPair();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, pem);
            return new Pair(PublicKeyEntry.toString(pair.getPublic()), pem.toString(UTF_8));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no Ed25519 key could be made", e);
        }
    }

    @Override
    public Optional<String> read(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.length() > LONGEST_LINE || text.lines().count() != 1) {
            return Optional.empty();
        }
        try {
            AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(text);
            PublicKey key = entry.resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
            boolean strong = !"RSA".equals(key.getAlgorithm()) || KeyUtils.getKeySize(key) >= LEAST_RSA_BITS;
            boolean modern = !"DSA".equals(key.getAlgorithm());
            return strong && modern ? Optional.of(PublicKeyEntry.toString(key)) : Optional.empty();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Whatever it stumbles over, a line that cannot be read is no key.
            return Optional.empty();
        }
    }
}
