package dev.drover.core.credential;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** SPI: the JSON in and around a bundle of credentials (Trinity contract, section 8). */
public interface BundleCodec {
    /** The file as it lies in a workspace. */
    byte[] write(BundleCipher.Encrypted encrypted);

    BundleCipher.Encrypted read(byte[] file) throws BadBundle;

    /** What is encrypted: texts by the paths of their files. */
    byte[] writeFiles(SequencedMap<String, String> files);

    SequencedMap<String, String> readFiles(byte[] plain) throws BadBundle;

    /**
     * A file of MCP servers that is to replace another, with the platform's own server, if the other had it and this
     * one has not; the bytes as they are when nothing is to be added.
     *
     * @throws BadBundle when the new one is no JSON object
     */
    byte[] withPlatformServer(byte[] mcp, byte @Nullable [] replaced) throws BadBundle;
}
