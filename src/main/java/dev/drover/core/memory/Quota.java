package dev.drover.core.memory;

/** How many live memories an account may have, and the plan that says so. */
public record Quota(String plan, int most) {
    boolean isLimited() {
        return most < Integer.MAX_VALUE;
    }
}
