package dev.drover.provider.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads DOCX as a stream of XML. The libraries for it build a tree of the whole document, which takes many times its
 * size.
 */
final class WordText {
    private static final String RELATIONS = "_rels/.rels";
    private static final String USUAL_PLACE = "word/document.xml";

    private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    private final Writer out;
    private int cells;

    private WordText(Writer out) {
        this.out = out;
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    static void write(Path file, Writer out) throws IOException {
        WordText text = new WordText(out);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String main = text.mainPart(zip);
            String folder = main.substring(0, main.lastIndexOf('/') + 1);
            if (zip.getEntry(main) == null) {
                throw new IOException("a ZIP archive without a document");
            }
            for (String part : List.of(main, folder + "footnotes.xml", folder + "endnotes.xml")) {
                text.part(zip, part);
            }
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** Where the document stands is told in the archive; nearly always it is the usual place. */
    private String mainPart(ZipFile zip) throws IOException, XMLStreamException {
        ZipEntry relations = zip.getEntry(RELATIONS);
        if (relations == null) {
            return USUAL_PLACE;
        }
        try (InputStream in = zip.getInputStream(relations)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    String type = xml.getAttributeValue(null, "Type");
                    String target = xml.getAttributeValue(null, "Target");
                    if (type != null && target != null && type.endsWith("/officeDocument")) {
                        return target.startsWith("/") ? target.substring(1) : target;
                    }
                }
            }
        }
        return USUAL_PLACE;
    }

    private void part(ZipFile zip, String name) throws IOException, XMLStreamException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> begin(xml);
                    case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                    default -> {}
                }
            }
        }
    }

    private void begin(XMLStreamReader xml) throws IOException, XMLStreamException {
        switch (xml.getLocalName()) {
            case "t" -> said(xml);
            case "tab" -> out.write('\t');
            case "br", "cr" -> out.write('\n');
            case "tc" -> cells++;
            // Says the same as what stands beside it, for older programs; tab stops are no tabs.
            case "Fallback", "tabs" -> skip(xml);
            default -> {}
        }
    }

    private void end(String name) throws IOException {
        switch (name) {
            case "p" -> out.write(cells > 0 ? ' ' : '\n');
            case "tc" -> {
                cells--;
                out.write('\t');
            }
            case "tr" -> out.write('\n');
            default -> {}
        }
    }

    /** A text may come in many parts, however long it is. */
    private void said(XMLStreamReader xml) throws IOException, XMLStreamException {
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.isCharacters()) {
                out.write(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            }
        }
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            depth += switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> 1;
                case XMLStreamConstants.END_ELEMENT -> -1;
                default -> 0;
            };
        }
    }
}
