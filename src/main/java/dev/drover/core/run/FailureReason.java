package dev.drover.core.run;

/** Why a run ended in an error, by stable words (Jettson contract, section 5). */
public enum FailureReason {
    MAX_DURATION_EXCEEDED,
    ITERATION_CAP_REACHED,
    REASONING_UNAVAILABLE,
    CONTAINER_FAILED,
    RESULT_INVALID,
    INTERNAL_ERROR
}
