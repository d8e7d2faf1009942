package dev.drover.core.egress;

import java.io.IOException;
import java.nio.file.Path;

/** Opens guarded ways out of computers that have no network of their own. */
public interface EgressDoors {
    /**
     * Opens an HTTP proxy (CONNECT and absolute-form) on a unix socket, in place of one that was closed, and lets out
     * only what the guard allows. The caller sets owner and mode of the socket.
     */
    Door open(Path socket, EgressGuard guard) throws IOException;

    /**
     * One open way out. Closing it ends its connections; the socket's file stays for whoever opens the next one there,
     * since another server may have done so already.
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
