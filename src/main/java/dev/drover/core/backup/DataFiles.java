package dev.drover.core.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** SPI: what a server keeps in files: keys, homes of agents, skills; not what it makes anew by itself. */
public interface DataFiles {
    /** Writes all of them as one archive; returns what could not be read as it was, a line each. */
    List<String> pack(OutputStream out) throws IOException;
}
