package dev.drover.provider.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.drover.core.context.UnreadableFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads files that are text already: UTF-8, UTF-16 with its mark, or else what Windows wrote in western Europe. */
final class PlainText {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final int PART = 16 * 1024;
    private static final char MARK = '\uFEFF';

    /** Strings and numbers are looked at where they lie, so only depth could cost anything. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(1_000).build())
            .build();

    void read(Path file, Consumer<String> text) throws IOException, UnreadableFile {
        Charset charset = charset(file);
        scan(file, charset, text);
    }

    void readJson(Path file, Consumer<String> text) throws IOException, UnreadableFile {
        Charset charset = charset(file);
        try (Reader reader = open(file, charset);
                JsonParser parser = JSON.createParser(reader)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += depth == 0 ? 1 : 0;
            }
            if (values != 1) {
                throw new UnreadableFile("is no JSON: it must hold one value, but holds " + values);
            }
        } catch (JsonProcessingException e) {
            throw new UnreadableFile("is no JSON: " + e.getOriginalMessage()
                    + (e.getLocation() == null
                            ? ""
                            : " in line " + e.getLocation().getLineNr()));
        }
        scan(file, charset, text);
    }

    /** Reads all of it once to see what it is written in. */
    private static Charset charset(Path file) throws IOException, UnreadableFile {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(2);
        }
        if (head.length == 2 && (head[0] & head[1] & 0xFE) == 0xFE && head[0] != head[1]) {
            return StandardCharsets.UTF_16;
        }
        try {
            scan(file, StandardCharsets.UTF_8, part -> {});
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return WINDOWS;
        }
    }

    private static void scan(Path file, Charset charset, Consumer<String> text) throws IOException, UnreadableFile {
        char[] part = new char[PART];
        try (Reader reader = open(file, charset)) {
            for (int read = reader.read(part); read >= 0; read = reader.read(part)) {
                for (int i = 0; i < read; i++) {
                    if (isBinary(part[i])) {
                        throw new UnreadableFile(
                                "is no text: it holds the control character 0x%02X".formatted((int) part[i]));
                    }
                }
                text.accept(new String(part, 0, read));
            }
        } catch (CharacterCodingException e) {
            if (charset.equals(StandardCharsets.UTF_8)) {
                throw e;
            }
            throw new UnreadableFile("is no text in UTF-8, UTF-16 or Windows-1252");
        }
    }

    private static Reader open(Path file, Charset charset) throws IOException {
        Reader reader =
                new InputStreamReader(new BufferedInputStream(Files.newInputStream(file), PART), charset.newDecoder());
        return charset.equals(StandardCharsets.UTF_8) ? new Unmarked(reader) : reader;
    }

    /** Control characters that no text has; those of terminals may stand in logs. */
    private static boolean isBinary(char character) {
        return character < 0x08 || (character > 0x0D && character < 0x20 && character != 0x1B);
    }

    /** A text without the mark that some programs put in front of UTF-8. */
    private static final class Unmarked extends java.io.FilterReader {
        private boolean begun;

        Unmarked(Reader in) {
            super(in);
        }

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            if (!begun && read > 0) {
                begun = true;
                if (into[offset] == MARK) {
                    into[offset] = ' ';
                }
            }
            return read;
        }
    }
}
