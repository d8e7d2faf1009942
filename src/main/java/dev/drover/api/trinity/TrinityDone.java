package dev.drover.api.trinity;

/** Says that it is done. */
record TrinityDone(boolean success) {
    static final TrinityDone YES = new TrinityDone(true);
}
