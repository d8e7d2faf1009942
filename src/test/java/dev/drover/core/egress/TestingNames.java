package dev.drover.core.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A resolver with a phone book; a name with several answers gives one after the other and repeats the last. */
public final class TestingNames implements NameResolver {
    private final Map<String, Deque<List<InetAddress>>> book = new HashMap<>();

    /** What the name answers next, all of these addresses at once. */
    public synchronized TestingNames answering(String host, String... addresses) {
        book.computeIfAbsent(host, name -> new ArrayDeque<>())
                .add(Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
        return this;
    }

    @Override
    public synchronized List<InetAddress> resolve(String host) throws UnknownHostException {
        Deque<List<InetAddress>> answers = book.get(host);
        if (answers == null) {
            throw new UnknownHostException(host);
        }
        return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    }
}
