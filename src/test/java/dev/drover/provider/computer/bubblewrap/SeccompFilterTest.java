package dev.drover.provider.computer.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the programs for both architectures, as the kernel would. */
class SeccompFilterTest {
    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL = 0x80000000;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;

    @ParameterizedTest
    @EnumSource
    void killsForeignArchitectures(Architecture architecture) {
        for (int foreign : new int[] {0x40000003, 0x40000028, 0}) {
            assertThat(verdict(architecture, foreign, 1)).isEqualTo(KILL);
        }
        assertThat(verdict(architecture, architecture.audit(), 0x40000001))
                .as("x32")
                .isEqualTo(KILL);
    }

    @ParameterizedTest
    @EnumSource
    void allowsWhatProgramsNeedAndRefusesTheRest(Architecture architecture) {
        boolean x86 = architecture == Architecture.X86_64;
        for (int needed :
                x86 ? new int[] {0, 1, 9, 59, 202, 257, 318, 332, 439} : new int[] {63, 64, 222, 221, 98, 56}) {
            assertThat(call(architecture, needed)).as("call %d", needed).isEqualTo(ALLOW);
        }
        int[] forbidden = x86
                ? new int[] {
                    101, 155, 161, 165, 166, 167, 169, 175, 246, 248, 250, 272, 298, 304, 308, 310, 321, 323, 425
                }
                : new int[] {117, 41, 51, 40, 39, 224, 142, 105, 104, 217, 219, 97, 241, 265, 268, 270, 280, 282, 425};
        for (int call : forbidden) {
            assertThat(call(architecture, call)).as("call %d", call).isEqualTo(EPERM);
        }
    }

    @ParameterizedTest
    @EnumSource
    void looksAtTheArgumentsOfSome(Architecture architecture) {
        boolean x86 = architecture == Architecture.X86_64;
        int clone = x86 ? 56 : 220;
        int ioctl = x86 ? 16 : 29;
        int socket = x86 ? 41 : 198;
        int personality = x86 ? 135 : 92;

        assertThat(call(architecture, clone, 0x01200011)).as("fork").isEqualTo(ALLOW);
        assertThat(call(architecture, clone, 0x3D0F00)).as("thread").isEqualTo(ALLOW);
        for (int flag : new int[] {0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000}) {
            assertThat(call(architecture, clone, flag | 17))
                    .as("namespace %x", flag)
                    .isEqualTo(EPERM);
        }
        assertThat(call(architecture, 435)).as("clone3").isEqualTo(ENOSYS);
        assertThat(call(architecture, ioctl, 0, 0x5401)).isEqualTo(ALLOW);
        assertThat(call(architecture, ioctl, 0, 0x5412)).as("TIOCSTI").isEqualTo(EPERM);
        assertThat(call(architecture, ioctl, 0, 0x541C)).as("TIOCLINUX").isEqualTo(EPERM);
        assertThat(call(architecture, socket, 1)).isEqualTo(ALLOW);
        assertThat(call(architecture, socket, 40)).as("vsock").isEqualTo(0x00050061);
        assertThat(call(architecture, personality, -1)).isEqualTo(ALLOW);
        assertThat(call(architecture, personality, 0x0040000))
                .as("no address randomization")
                .isEqualTo(EPERM);
        assertThat(call(architecture, 463)).as("younger than the list").isEqualTo(ENOSYS);
    }

    private static int call(Architecture architecture, int number, int... arguments) {
        return verdict(architecture, architecture.audit(), number, arguments);
    }

    private static int verdict(Architecture architecture, int audit, int number, int... arguments) {
        ByteBuffer program =
                ByteBuffer.wrap(new SeccompFilter(architecture).program()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer data = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .putInt(audit);
        for (int i = 0; i < arguments.length; i++) {
            data.putInt(16 + 8 * i, arguments[i]);
        }
        int accumulator = 0;
        int at = 0;
        while (true) {
            int code = program.getShort(8 * at);
            int then = program.get(8 * at + 2) & 0xFF;
            int otherwise = program.get(8 * at + 3) & 0xFF;
            int value = program.getInt(8 * at + 4);
            at++;
            switch (code) {
                case 0x20 -> accumulator = data.getInt(value);
                case 0x15 -> at += accumulator == value ? then : otherwise;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? then : otherwise;
                case 0x45 -> at += (accumulator & value) != 0 ? then : otherwise;
                case 0x06 -> {
                    return value;
                }
                default -> throw new IllegalStateException("instruction " + code);
            }
        }
    }
}
