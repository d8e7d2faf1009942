package dev.drover.core.computer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far everything that an agent can write to may have grown since somebody began to look. */
final class QuotaWatch {
    private final Map<WorkspaceQuota, Long> allowances = new LinkedHashMap<>();

    QuotaWatch(List<WorkspaceQuota> quotas) {
        quotas.forEach(quota -> allowances.put(quota, quota.allowance()));
    }

    /** Says what is too full, if anything is. */
    Optional<String> exceeded() {
        return allowances.entrySet().stream()
                .filter(each -> each.getKey().exceeds(each.getValue()))
                .map(each -> each.getKey().full())
                .findFirst();
    }

    /** How long nobody need look. */
    Duration period() {
        return allowances.keySet().stream()
                .map(WorkspaceQuota::period)
                .max(Duration::compareTo)
                .orElse(Duration.ofSeconds(1));
    }
}
