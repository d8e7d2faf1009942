package dev.drover.api.trinity;

/** That a computer is on, and what became of the credentials that were to go into it (contract, section 5.5). */
record TrinityStarted(String message, String credentialsInjection) {
    static TrinityStarted of(String name) {
        return new TrinityStarted("Agent " + name + " started", "skipped");
    }
}
