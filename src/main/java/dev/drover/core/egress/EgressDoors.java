package dev.drover.core.egress;

import java.io.IOException;
import java.nio.file.Path;

/** Opens guarded ways out of computers that have no network of their own. */
public interface EgressDoors {
    /**
     * Opens an HTTP proxy (CONNECT and absolute-form) on a unix socket that did not exist before, and lets out only
     * what the guard allows. The caller sets owner and mode of the socket.
     */
    Door open(Path socket, EgressGuard guard) throws IOException;

    /**
     * One open way out. Closing it ends its connections; the socket's file stays until the next one is wanted
     * there, since it may be another server's by now.
     */
    interface Door extends AutoCloseable {
        @Override
        void close();

        /** All that went through since it was opened. */
        default Traffic traffic() {
            return Traffic.NONE;
        }
    }
}
