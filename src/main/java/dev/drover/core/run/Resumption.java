package dev.drover.core.run;

/** The remark with which somebody takes over a run whose holder was lost: one's work ends there, another's begins. */
final class Resumption {
    private static final String BEGINNING = "Resumed after the server was interrupted; ";

    private Resumption() {}

    static Entry.Noted of(Transcript transcript) {
        return new Entry.Noted(BEGINNING + transcript.iterations() + " iterations are kept.");
    }

    static boolean is(Entry entry) {
        return entry instanceof Entry.Noted noted && noted.message().startsWith(BEGINNING);
    }
}
