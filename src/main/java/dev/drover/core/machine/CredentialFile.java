package dev.drover.core.machine;

import java.util.Arrays;

/** A file of credentials on its way into a home, at a path relative to that. */
public record CredentialFile(String path, byte[] bytes) {
    /** Never the bytes, which are secret. */
    @Override
    public String toString() {
        return path + " (" + bytes.length + " bytes)";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CredentialFile(String itsPath, byte[] itsBytes)
                && path.equals(itsPath)
                && Arrays.equals(bytes, itsBytes);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Arrays.hashCode(bytes);
    }
}
