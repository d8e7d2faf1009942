package dev.drover.provider.computer.bubblewrap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A piece of a classic BPF program over a system call: what it is, from where, with which arguments. */
final class Bpf {
    static final int NUMBER = 0;
    static final int ARCHITECTURE = 4;

    private static final short LOAD = 0x20;
    private static final short JUMP_IF_EQUAL = 0x15;
    private static final short JUMP_IF_AT_LEAST = 0x35;
    private static final short JUMP_IF_ANY_BIT = 0x45;
    private static final short RETURN = 0x06;

    private record Instruction(short code, int then, int otherwise, int value) {}

    private final List<Instruction> instructions = new ArrayList<>();

    /** Where the lower half of an argument lies; both architectures are little-endian. */
    static int argument(int index) {
        return 16 + 8 * index;
    }

    static Bpf answer(int verdict) {
        return new Bpf().add(RETURN, 0, 0, verdict);
    }

    static Bpf load(int offset) {
        return new Bpf().add(LOAD, 0, 0, offset);
    }

    static Bpf ifEqual(int value, Bpf then, Bpf otherwise) {
        return choose(JUMP_IF_EQUAL, value, then, otherwise);
    }

    static Bpf ifAtLeast(int value, Bpf then, Bpf otherwise) {
        return choose(JUMP_IF_AT_LEAST, value, then, otherwise);
    }

    static Bpf ifAnyBit(int mask, Bpf then, Bpf otherwise) {
        return choose(JUMP_IF_ANY_BIT, mask, then, otherwise);
    }

    /** This, and then that. */
    Bpf then(Bpf next) {
        instructions.addAll(next.instructions);
        return this;
    }

    int size() {
        return instructions.size();
    }

    /** As {@code struct sock_filter}s. */
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * size()).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction each : instructions) {
            bytes.putShort(each.code)
                    .put((byte) each.then)
                    .put((byte) each.otherwise)
                    .putInt(each.value);
        }
        return bytes.array();
    }

    /** Each branch ends with an answer, so the second one simply follows the first. */
    private static Bpf choose(short code, int value, Bpf then, Bpf otherwise) {
        Bpf near = then.size() <= otherwise.size() ? then : otherwise;
        if (near.size() > 255) {
            throw new IllegalStateException("a jump over " + near.size() + " instructions, BPF has at most 255");
        }
        Bpf chosen =
                near == then ? new Bpf().add(code, 0, near.size(), value) : new Bpf().add(code, near.size(), 0, value);
        return chosen.then(near).then(near == then ? otherwise : then);
    }

    private Bpf add(short code, int then, int otherwise, int value) {
        instructions.add(new Instruction(code, then, otherwise, value));
        return this;
    }
}
