package dev.drover.provider.telemetry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One message in Protocol Buffers' wire format, its fields by number; it is read without a schema. */
record ProtocolBuffer(Map<Integer, List<Object>> fields) {
    static ProtocolBuffer read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, List<Object>> fields = new TreeMap<>();
        while (buffer.hasRemaining()) {
            long tag = number(buffer);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> number(buffer);
                case 1 -> buffer.getLong();
                case 2 -> bytes(buffer);
                case 5 -> (long) buffer.getInt();
                default -> throw new IllegalArgumentException("not Protocol Buffers: tag " + tag);
            };
            fields.computeIfAbsent((int) (tag >>> 3), number -> new ArrayList<>())
                    .add(value);
        }
        return new ProtocolBuffer(fields);
    }

    List<ProtocolBuffer> messages(int field) {
        return all(field).stream().map(value -> read((byte[]) value)).toList();
    }

    String text(int field) {
        return all(field).isEmpty() ? "" : new String((byte[]) all(field).getFirst(), StandardCharsets.UTF_8);
    }

    String hex(int field) {
        return all(field).isEmpty()
                ? ""
                : HexFormat.of().formatHex((byte[]) all(field).getFirst());
    }

    long number(int field) {
        return all(field).isEmpty() ? 0 : (long) all(field).getFirst();
    }

    boolean has(int field) {
        return fields.containsKey(field);
    }

    private List<Object> all(int field) {
        return fields.getOrDefault(field, List.of());
    }

    private static long number(ByteBuffer buffer) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = buffer.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[(int) number(buffer)];
        buffer.get(bytes);
        return bytes;
    }
}
