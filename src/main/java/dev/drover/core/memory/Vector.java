package dev.drover.core.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A direction, a byte for each dimension: a quarter of what floats take, and near enough, since a cosine is off by less
 * than a hundredth.
 *
 * @param scale what the bytes are multiplied with to give a vector of length 1
 */
public record Vector(float scale, byte[] bytes) {
    public static Vector of(float[] values) {
        double square = 0;
        float largest = 0;
        for (float value : values) {
            square += value * value;
            largest = Math.max(largest, Math.abs(value));
        }
        byte[] bytes = new byte[values.length];
        if (largest == 0) {
            return new Vector(0, bytes);
        }
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) Math.round(values[i] * Byte.MAX_VALUE / largest);
        }
        return new Vector((float) (largest / Byte.MAX_VALUE / Math.sqrt(square)), bytes);
    }

    /** Several, one behind the other; {@link #read} reads them back. */
    public static byte[] stored(List<Vector> vectors) {
        ByteBuffer buffer = ByteBuffer.allocate(vectors.stream()
                .mapToInt(vector -> Integer.BYTES + Float.BYTES + vector.bytes.length)
                .sum());
        vectors.forEach(vector ->
                buffer.putInt(vector.bytes.length).putFloat(vector.scale).put(vector.bytes));
        return buffer.array();
    }

    public static List<Vector> read(byte[] stored) {
        List<Vector> vectors = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        while (buffer.hasRemaining()) {
            byte[] bytes = new byte[buffer.getInt()];
            float scale = buffer.getFloat();
            buffer.get(bytes);
            vectors.add(new Vector(scale, bytes));
        }
        return vectors;
    }

    /** From -1 to 1; vectors of different models have nothing in common. */
    public double cosine(Vector other) {
        if (bytes.length != other.bytes.length) {
            return 0;
        }
        int sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += bytes[i] * other.bytes[i];
        }
        return Math.clamp((double) sum * scale * other.scale, -1, 1);
    }
}
