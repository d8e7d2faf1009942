package dev.drover.api.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.RequestContext;

/** Reads {@code multipart/form-data}, a part at a time. */
final class Multipart {
    private Multipart() {}

    /** The plain fields of a small form; none when it is no form. */
    static Map<String, String> fields(String contentType, byte[] body) {
        Map<String, String> fields = new HashMap<>();
        try {
            read(
                    contentType,
                    new ByteArrayInputStream(body),
                    part -> fields.putIfAbsent(
                            part.getFieldName(),
                            new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
        } catch (FileUploadException e) {
            // What was understood up to there counts; a field that is missing is told by name.
        } catch (IOException e) {
            throw new IllegalStateException("nothing was read from but memory", e);
        }
        return fields;
    }

    static void read(String contentType, InputStream body, Taker taker) throws IOException {
        Parser parser = new Parser();
        parser.setHeaderCharset(StandardCharsets.UTF_8);
        FileItemInputIterator parts = parser.getItemIterator(new Source(contentType, body));
        while (parts.hasNext()) {
            FileItemInput part = parts.next();
            if (part.getFieldName() != null) {
                taker.take(part);
            }
        }
    }

    /** Takes a part before the next one is read. */
    interface Taker {
        void take(FileItemInput part) throws IOException;
    }

    private record Source(String contentType, InputStream body) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public InputStream getInputStream() {
            return body;
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }

    /** The library's reader of bodies without its ways to keep them. */
    private static final class Parser extends AbstractFileUpload<Void, DiskFileItem, DiskFileItemFactory> {
        @Override
        public FileItemInputIterator getItemIterator(Void request) {
            throw new UnsupportedOperationException("parts are read off a body");
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(Void request) {
            throw new UnsupportedOperationException("parts are read off a body");
        }

        @Override
        public List<DiskFileItem> parseRequest(Void request) {
            throw new UnsupportedOperationException("parts are read off a body");
        }
    }
}
