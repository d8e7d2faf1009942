package dev.drover.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.jspecify.annotations.Nullable;

/** Documents as programs make them. */
public final class TestingDocuments {
    private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private TestingDocuments() {}

    /** A page for each text; no text makes an empty page. */
    public static byte[] pdf(String... pages) {
        return pdf(null, 0, List.of(pages));
    }

    /** The same, with so many bytes of pictures that cannot be packed any smaller. */
    public static byte[] heavyPdf(int weight, List<String> pages) {
        return pdf(null, weight, pages);
    }

    public static byte[] lockedPdf(String password, String page) {
        return pdf(password, 0, List.of(page));
    }

    private static byte[] pdf(@Nullable String password, int weight, List<String> pages) {
        try (PDDocument document = new PDDocument()) {
            PDType1Font font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
            for (String text : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                if (!text.isEmpty()) {
                    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                        content.beginText();
                        content.setFont(font, 12);
                        content.setLeading(14);
                        content.newLineAtOffset(40, 700);
                        for (String line : text.split("\n", -1)) {
                            content.showText(line);
                            content.newLine();
                        }
                        content.endText();
                    }
                }
            }
            if (weight > 0) {
                byte[] noise = new byte[weight];
                new Random(1).nextBytes(noise);
                PDStream stream = new PDStream(document, new java.io.ByteArrayInputStream(noise));
                document.getDocumentCatalog().getCOSObject().setItem("Noise", stream);
            }
            if (password != null) {
                document.protect(new StandardProtectionPolicy(password, password, new AccessPermission()));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A paragraph for each text, as a program for writing saves it. */
    public static byte[] docx(String... paragraphs) {
        StringBuilder body = new StringBuilder();
        for (String paragraph : paragraphs) {
            body.append("<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">")
                    .append(paragraph)
                    .append("</w:t></w:r></w:p>");
        }
        return docxOf(body.toString());
    }

    /** A document with such a body. */
    public static byte[] docxOf(String body) {
        return zip(Map.of(
                "_rels/.rels",
                out -> out.write(bytes("""
                        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                        <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/\
                        relationships/officeDocument" Target="word/document.xml"/></Relationships>
                        """)),
                "word/document.xml",
                out -> out.write(bytes("<?xml version=\"1.0\"?><w:document xmlns:w=\"" + WORD + "\"><w:body>" + body
                        + "</w:body></w:document>"))));
    }

    /** An archive whose document unpacks to so many megabytes of one attribute, or of text. */
    public static byte[] docxBomb(int megabytes, boolean inText) {
        byte[] much = "A".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        return zip(Map.of("word/document.xml", out -> {
            out.write(bytes("<w:document xmlns:w=\"" + WORD + "\"><w:body><w:p><w:r><w:t" + (inText ? ">" : " a=\"")));
            for (int i = 0; i < megabytes; i++) {
                out.write(much);
            }
            out.write(bytes((inText ? "" : "\">x") + "</w:t></w:r></w:p></w:body></w:document>"));
        }));
    }

    public static byte[] zip(Map<String, Content> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Content> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                entry.getValue().to(zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes what an entry holds. */
    public interface Content {
        void to(OutputStream out) throws IOException;
    }
}
