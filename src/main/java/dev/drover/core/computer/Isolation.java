package dev.drover.core.computer;

import java.util.Map;

/**
 * The isolation really in force, as measured from inside one computer: plain facts by name, such as {@code uid=200001},
 * {@code capabilities=none}, {@code no_new_privs=1}, {@code seccomp=filter},
 * {@code namespaces=user,mnt,pid,net,ipc,uts}, {@code network=none},
 * {@code memory=cgroup-v1 2147483648}, {@code disk=watched}.
 */
public record Isolation(String kind, Map<String, String> facts) {
    public Isolation {
        facts = Map.copyOf(facts);
    }
}
