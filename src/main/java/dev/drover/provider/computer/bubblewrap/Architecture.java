package dev.drover.provider.computer.bubblewrap;

/** The machine's instruction set, as the kernel's system call filters know it. */
enum Architecture {
    X86_64(0xC000003E, 1),
    ARM64(0xC00000B7, 2);

    private final int audit;
    private final int column;

    Architecture(int audit, int column) {
        this.audit = audit;
        this.column = column;
    }

    /** Its AUDIT_ARCH constant. */
    int audit() {
        return audit;
    }

    /** Where {@code syscalls.txt} has its numbers. */
    int column() {
        return column;
    }

    static Architecture current() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64" -> X86_64;
            case "aarch64" -> ARM64;
            default ->
                throw new IllegalStateException("no system call filter for architecture '" + name
                        + "', only for amd64 and aarch64; choose another kind of computer");
        };
    }
}
