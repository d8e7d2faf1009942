package dev.drover.core.run;

/** A short title for an agent that nobody named: the first words of its task. */
final class Titles {
    private static final int LONGEST = 60;

    private Titles() {}

    static String of(String task) {
        String line = task.strip().lines().findFirst().orElse(task).strip();
        if (line.length() <= LONGEST) {
            return line;
        }
        int space = line.lastIndexOf(' ', LONGEST - 1);
        int end = space > LONGEST / 2 ? space : LONGEST - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
