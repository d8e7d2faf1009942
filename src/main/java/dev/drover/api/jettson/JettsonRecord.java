package dev.drover.api.jettson;

import dev.drover.core.Page;
import dev.drover.core.id.Spelling;
import dev.drover.core.memory.Found;
import dev.drover.core.memory.Memory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A memory as its user sees it (contract, section 10.2); times in milliseconds since 1970. */
record JettsonRecord(
        String memoryId,
        String key,
        String value,
        String namespace,
        List<String> tags,
        int importance,
        String source,
        long createdAt,
        long updatedAt,
        @Nullable Long expiresAt,
        long accessCount,
        int version) {
    static JettsonRecord of(Memory memory) {
        return new JettsonRecord(
                id(memory),
                memory.key(),
                memory.value(),
                memory.namespace(),
                memory.tags(),
                memory.importance(),
                memory.source().word(),
                memory.createdAt().toEpochMilli(),
                memory.updatedAt().toEpochMilli(),
                memory.expiresAt() == null ? null : memory.expiresAt().toEpochMilli(),
                memory.accessCount(),
                memory.version());
    }

    private static String id(Memory memory) {
        return Spelling.MEMORY.of(memory.id().value());
    }

    /** A page of memories; its cursor is the id of the last one. */
    record Listed(List<JettsonRecord> data, @Nullable String nextCursor) {
        static Listed of(Page<Memory> page) {
            List<Memory> items = page.items();
            String next = page.next() == null || items.isEmpty() ? null : id(items.getLast());
            return new Listed(items.stream().map(JettsonRecord::of).toList(), next);
        }
    }

    /** What a search found, and by what. */
    record Results(List<Result> results, String mode) {
        static Results of(Found found) {
            return new Results(
                    found.hits().stream().map(Result::of).toList(), found.mode().word());
        }
    }

    /** A memory and how well it fits, from 0 to 1. */
    record Result(
            String memoryId,
            String key,
            String value,
            String namespace,
            List<String> tags,
            int importance,
            String source,
            long createdAt,
            long updatedAt,
            @Nullable Long expiresAt,
            long accessCount,
            int version,
            double score) {
        static Result of(Found.Hit hit) {
            JettsonRecord of = JettsonRecord.of(hit.memory());
            return new Result(
                    of.memoryId,
                    of.key,
                    of.value,
                    of.namespace,
                    of.tags,
                    of.importance,
                    of.source,
                    of.createdAt,
                    of.updatedAt,
                    of.expiresAt,
                    of.accessCount,
                    of.version,
                    hit.score());
        }
    }
}
