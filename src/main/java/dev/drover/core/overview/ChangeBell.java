package dev.drover.core.overview;

import dev.drover.core.Bell;
import dev.drover.core.Notices;

/** Rings whenever something may have changed, here or on another server. A ring too many costs a look, no more. */
public final class ChangeBell extends Bell implements Notices.Hearer {
    @Override
    public void heard(String payload) {
        ring();
    }

    @Override
    public void mayHaveMissed() {
        ring();
    }
}
