package dev.drover.api.trinity;

/** What was done, in a sentence. */
record TrinityMessage(String message) {}
