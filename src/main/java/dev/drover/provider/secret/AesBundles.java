package dev.drover.provider.secret;

import dev.drover.core.StartFailure;
import dev.drover.core.credential.BadBundle;
import dev.drover.core.credential.BundleCipher;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM by the JDK, with a key that somebody chose; nothing is bound to the result but itself. */
public final class AesBundles implements BundleCipher {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final String key;
    private final SecretKeySpec spec;
    private final SecureRandom random = new SecureRandom();

    private AesBundles(String key) {
        this.key = key;
        this.spec = new SecretKeySpec(HexFormat.of().parseHex(key), "AES");
    }

    /** The key as {@code CREDENTIAL_ENCRYPTION_KEY} gives it. */
    public static AesBundles of(String hex) {
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new StartFailure("CREDENTIAL_ENCRYPTION_KEY is not 64 hex characters, but " + hex.length()
                    + " others: make one with openssl rand -hex 32");
        }
        return new AesBundles(hex.toLowerCase(Locale.ROOT));
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public Encrypted encrypt(byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            return new Encrypted(nonce, cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    @Override
    public byte[] decrypt(Encrypted encrypted) throws BadBundle {
        try {
            return cipher(Cipher.DECRYPT_MODE, encrypted.nonce()).doFinal(encrypted.ciphertext());
        } catch (GeneralSecurityException e) {
            throw new BadBundle(
                    "it does not open with this server's CREDENTIAL_ENCRYPTION_KEY: it was made with another key,"
                            + " or it was altered",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, spec, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
