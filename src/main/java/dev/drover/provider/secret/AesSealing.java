package dev.drover.provider.secret;

import dev.drover.core.credential.Sealing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM: a random nonce of 12 bytes, then the ciphertext with its tag of 16. */
public final class AesSealing implements Sealing {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int SHOWN_BYTES = 6;

    private final SecretKeySpec key;
    private final String keyId;
    private final SecureRandom random = new SecureRandom();

    public AesSealing(RootKey root) {
        this.key = new SecretKeySpec(root.bytes(), "AES");
        this.keyId = id(root.bytes());
    }

    private static String id(byte[] root) {
        byte[] digest = new HmacSigner().sign(root, "the id of this root key".getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
    }

    @Override
    public String keyId() {
        return keyId;
    }

    @Override
    public byte[] seal(byte[] plain, String context) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
            return ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
        if (sealed.length < NONCE) {
            throw new IllegalStateException("what is sealed for " + context + " is cut off");
        }
        try {
            ByteBuffer rest = ByteBuffer.wrap(sealed);
            byte[] nonce = new byte[NONCE];
            rest.get(nonce);
            return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(sealed, NONCE, rest.remaining());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what is sealed for " + context + " was altered, or is not its own", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
