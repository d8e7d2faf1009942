package dev.drover.provider.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the first bytes of a file say it is. */
enum Signature {
    PDF("PDF"),
    ZIP("ZIP archive"),
    OLE("file of an old office program"),
    NONE("text");

    /** Readers forgive that much in front of a PDF. */
    private static final int HEAD = 1024;

    private final String word;

    Signature(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Signature of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            if (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")) {
                return ZIP;
            }
            if (head.startsWith("\u00D0\u00CF\u0011\u00E0")) {
                return OLE;
            }
            int pdf = head.indexOf("%PDF-");
            // A text may speak of PDFs; a PDF has nothing but rubbish before that.
            return pdf == 0 || (pdf > 0 && head.lines().anyMatch(line -> line.matches("%PDF-\\d\\.\\d\\s*")))
                    ? PDF
                    : NONE;
        }
    }
}
