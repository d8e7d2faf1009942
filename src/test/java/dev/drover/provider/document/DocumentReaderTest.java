package dev.drover.provider.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.context.FileType;
import dev.drover.core.context.UnreadableFile;
import dev.drover.testing.TestingDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentReaderTest {
    private static final int MOST = 1_000_000;

    private final DocumentReader reader = new DocumentReader(MOST);

    @TempDir
    private Path folder;

    @Test
    void readsTextInTheUsualEncodings() throws Exception {
        String text = "Größe und Preis\nzweite Zeile";
        for (Charset charset :
                List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16, Charset.forName("windows-1252"))) {
            assertThat(read(FileType.TXT, text.getBytes(charset)))
                    .as(charset.name())
                    .isEqualTo(text);
        }
        assertThat(read(FileType.MD, ("\uFEFF# " + text).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(" # " + text);
        assertThat(read(FileType.CSV, "name;price\nlamp;10 €\n".getBytes(Charset.forName("windows-1252"))))
                .isEqualTo("name;price\nlamp;10 €\n");
    }

    @Test
    void readsPdfAndDocx() throws Exception {
        assertThat(read(FileType.PDF, TestingDocuments.pdf("The first page", "", "The last page")))
                .contains("The first page", "The last page");
        assertThat(read(FileType.DOCX, TestingDocuments.docx("Warranty &amp; returns", "Thirty days")))
                .isEqualTo("Warranty & returns\nThirty days\n");
        String table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
                + "<w:tc><w:p><w:r><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
                + "<w:p><w:r><w:delText>gone</w:delText><w:t>kept</w:t></w:r></w:p>";
        assertThat(read(FileType.DOCX, TestingDocuments.docxOf(table))).isEqualTo("a \tb\tc \t\nkept\n");
    }

    @Test
    void readsJsonThatIsJson() throws Exception {
        String json = "{\"a\": [1, {\"b\": \"ü\"}]}\n";
        assertThat(read(FileType.JSON, json.getBytes(StandardCharsets.UTF_8))).isEqualTo(json);
        for (String broken : List.of("", "{", "{\"a\":}", "1 2", "[".repeat(2_000))) {
            assertThatThrownBy(() -> read(FileType.JSON, broken.getBytes(StandardCharsets.UTF_8)))
                    .as(broken)
                    .isInstanceOfSatisfying(
                            UnreadableFile.class, e -> assertThat(e.reason()).contains("is no JSON"));
        }
    }

    @Test
    void goesByTheBytesAndNotByTheName() {
        byte[] pdf = TestingDocuments.pdf("page");
        byte[] docx = TestingDocuments.docx("paragraph");
        byte[] text = "text".getBytes(StandardCharsets.UTF_8);
        assertRefused(FileType.TXT, pdf, "is no TXT but a PDF");
        assertRefused(FileType.CSV, docx, "is no CSV but a ZIP archive");
        assertRefused(FileType.PDF, docx, "is no PDF");
        assertRefused(FileType.DOCX, text, "is no DOCX");
        assertRefused(FileType.DOCX, pdf, "is no DOCX");
        assertRefused(FileType.TXT, new byte[] {'M', 'Z', 0, 1, 2}, "is no text");
        assertRefused(FileType.TXT, new byte[] {(byte) 0x81, 'x'}, "is no text");
        assertRefused(
                FileType.DOCX,
                new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0},
                "is an old Word file or protected by a password");
    }

    @Test
    void refusesWhatIsLockedOrDamaged() {
        assertRefused(FileType.PDF, TestingDocuments.lockedPdf("secret", "page"), "is protected by a password");
        assertRefused(FileType.PDF, "%PDF-1.7\nrubbish".getBytes(StandardCharsets.UTF_8), "is damaged");
        assertRefused(FileType.DOCX, TestingDocuments.docxOf("<w:p>"), "is damaged");
        assertRefused(FileType.DOCX, new byte[] {'P', 'K', 3, 4, 0, 0}, "is damaged");
        assertRefused(
                FileType.DOCX, TestingDocuments.zip(java.util.Map.of("other.txt", out -> out.write(1))), "is damaged");
    }

    @Test
    void survivesDocumentsThatBlowUp() throws Exception {
        assertRefused(FileType.DOCX, TestingDocuments.docxBomb(100, true), "has more text than a file may have");
        assertRefused(FileType.DOCX, TestingDocuments.docxBomb(1_000, false), "takes too much memory");
        assertThat(read(FileType.PDF, pdfBomb())).isBlank();
    }

    /** A page whose content unpacks to a gigabyte. */
    private static byte[] pdfBomb() throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
                byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 1_024; i++) {
                    deflater.write(blanks);
                }
            }
            PDStream content = new PDStream(document);
            try (var out = content.getCOSObject().createRawOutputStream()) {
                out.write(packed.toByteArray());
            }
            content.getCOSObject().setItem(COSName.FILTER, COSName.FLATE_DECODE);
            page.setContents(content);
            return saved(document);
        }
    }

    @Test
    void refusesAPageTreeThatIsVeryDeep() {
        StringBuilder deep = new StringBuilder("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
        int depth = 100_000;
        for (int i = 2; i < depth; i++) {
            deep.append(i + " 0 obj\n<</Type/Pages/Count 1/Kids[" + (i + 1) + " 0 R]>>\nendobj\n");
        }
        deep.append(depth + " 0 obj\n<</Type/Page/MediaBox[0 0 9 9]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n");
        assertRefused(FileType.PDF, deep.toString().getBytes(StandardCharsets.US_ASCII), "is damaged");
    }

    @Test
    void endsWhatTakesTooLong() throws IOException {
        Path file = Files.write(folder.resolve("slow.pdf"), TestingDocuments.pdf("page"));
        DocumentReader hasty = new DocumentReader(MOST, Duration.ofMillis(1));
        assertThatThrownBy(() -> hasty.read(FileType.PDF, file, text -> {}))
                .isInstanceOfSatisfying(
                        UnreadableFile.class, e -> assertThat(e.reason()).contains("takes too long"));
    }

    @Test
    void readsTwentyMegabytesOfPdf() throws Exception {
        List<String> pages = IntStream.range(0, 500)
                .mapToObj(page -> "Page " + page + "\n"
                        + "some words of text on this line\n".repeat(40).strip())
                .toList();
        byte[] heavy = TestingDocuments.heavyPdf(20 << 20, pages);
        assertThat(heavy.length).isGreaterThan(20 << 20);
        assertThat(read(FileType.PDF, heavy)).contains("Page 0", "Page 499");
    }

    private static byte[] saved(PDDocument document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }

    private String read(FileType type, byte[] bytes) throws IOException, UnreadableFile, InterruptedException {
        Path file = Files.write(folder.resolve("file"), bytes);
        StringBuilder text = new StringBuilder();
        reader.read(type, file, text::append);
        return text.toString();
    }

    private void assertRefused(FileType type, byte[] bytes, String reason) {
        assertThatThrownBy(() -> read(type, bytes))
                .isInstanceOfSatisfying(
                        UnreadableFile.class, e -> assertThat(e.reason()).contains(reason));
    }
}
