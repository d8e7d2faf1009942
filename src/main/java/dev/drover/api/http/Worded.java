package dev.drover.api.http;

/** Carries a refusal that its dialect has put into words already to the error boundary. */
public final class Worded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    public Worded(Answer answer) {
        super(answer.toString(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
