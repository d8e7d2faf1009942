package dev.drover.api.trinity;

import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.computer.Workspace;
import java.io.IOException;

/** Something asked of an agent's files, and in which words it can go wrong (contract, sections 5.9 and 5.10). */
final class TrinityFileCall {
    private TrinityFileCall() {}

    /** What is asked. */
    @FunctionalInterface
    interface Work<T> {
        T done() throws Workspace.PathRefused, IOException;
    }

    /**
     * Does it.
     *
     * @param prefix of the text of what goes wrong
     */
    static <T> T with(String prefix, String path, Work<T> work) {
        try {
            return work.done();
        } catch (Workspace.PathRefused e) {
            throw rejected(403, prefix + "Access denied: '" + path + "' is outside of " + TrinityFiles.HOME);
        } catch (Workspace.WriteRefused e) {
            throw rejected(403, prefix + e.getMessage());
        } catch (Workspace.Missing e) {
            throw rejected(404, prefix + "There is no '" + path + "'");
        } catch (IOException e) {
            throw rejected(400, prefix + e.getMessage());
        }
    }

    static Rejected rejected(int status, String text) {
        return new Rejected(new Rejection.Malformed(status, text));
    }
}
