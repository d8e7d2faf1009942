package dev.drover.core;

/** What the core throws when the caller can mend it: carries the {@link Problem} that each dialect renders. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.toString(), null, false, false);
        this.problem = problem;
    }

    /** A field that does not fit; the reason follows its name, as in "must not be blank". */
    public static Refused invalid(String field, String reason) {
        return new Refused(new Problem.Invalid(field, reason));
    }

    /** Refuses a field when it does not fit. */
    public static void when(boolean misfit, String field, String reason) {
        if (misfit) {
            throw invalid(field, reason);
        }
    }

    public Problem problem() {
        return problem;
    }
}
