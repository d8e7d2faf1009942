package dev.drover.core.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.SortedMap;

/** SPI: all tables of the database. */
public interface Tables {
    /** Everything as it is now, whatever is written meanwhile; nobody who writes waits for it. */
    Moment moment();

    /** One moment, which stays the same until it is closed. */
    interface Moment extends AutoCloseable {
        /** The version of the schema that the tables are of. */
        String schema();

        List<String> names();

        /** Writes the names of the columns and every row, as PostgreSQL's COPY has them; returns how many rows. */
        long copy(String table, OutputStream out) throws IOException;

        /** The last number that each sequence gave; those that gave none are left out. */
        SortedMap<String, Long> sequences();

        @Override
        void close();
    }
}
