package dev.drover.provider.document;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** Reads PDF page by page; what it unpacks on the way lies in files. */
final class PdfText {
    private PdfText() {}

    static void write(Path file, Writer out) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache())) {
            new PDFTextStripper().writeText(document, out);
        }
    }
}
