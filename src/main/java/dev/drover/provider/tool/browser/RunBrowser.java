package dev.drover.provider.tool.browser;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import org.jspecify.annotations.Nullable;

/** The browser of one run: started by the first navigation, and again by the next one after it has ended. */
final class RunBrowser implements AutoCloseable {
    private @Nullable Tab tab;
    private boolean navigated;

    /** For a navigation: there is a tab afterwards. */
    Tab ready(Computer computer) throws ComputerFailure, BrowserFailure, InterruptedException {
        Tab last = tab;
        if (last != null && last.isOpen()) {
            return last;
        }
        close();
        Tab fresh = Tab.open(computer);
        tab = fresh;
        return fresh;
    }

    void hasNavigated() {
        navigated = true;
    }

    /** For everything else: a page must have been opened in it. */
    Tab current() throws BrowserFailure {
        Tab last = tab;
        if (last != null && !last.isOpen()) {
            throw new BrowserFailure("the browser has ended since (crashed, killed, or out of memory); navigate again");
        }
        if (last == null || !navigated) {
            throw new BrowserFailure("no page is open; navigate to one first");
        }
        return last;
    }

    @Override
    public void close() {
        Tab last = tab;
        if (last != null) {
            last.close();
            tab = null;
        }
        navigated = false;
    }
}
