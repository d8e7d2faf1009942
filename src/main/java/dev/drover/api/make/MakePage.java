package dev.drover.api.make;

import dev.drover.api.http.Call;
import dev.drover.api.http.CamelCase;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Which part of a list is wanted, and in what order; echoed as {@code pg} beside it (contract, section 1). */
@CamelCase
record MakePage(int limit, int offset, String sortBy, String sortDir) {
    /** Also the usual number: a list that nobody asked to be cut is whole. */
    static final int MOST = 10_000;

    private static final String UP = "asc";
    private static final String DOWN = "desc";

    /** For a list that is sorted by one of these columns, usually by the first. */
    static MakePage read(Call call, SequencedMap<String, ? extends Comparator<?>> columns) {
        String sortBy = call.query("pg[sortBy]");
        if (sortBy != null && !columns.containsKey(sortBy)) {
            throw misfit("pg[sortBy]", "must be one of " + String.join(", ", columns.keySet()));
        }
        return new MakePage(
                number(call, "pg[limit]", 1, MOST, MOST),
                number(call, "pg[offset]", 0, Integer.MAX_VALUE, 0),
                sortBy == null ? columns.firstEntry().getKey() : sortBy,
                direction(call.query("pg[sortDir]")));
    }

    /** As the documentation tells what {@link #read} takes. */
    static Operation documented(Operation operation) {
        return operation
                .query("pg[limit]", Integer.class, "How many; at most 10000, and so many when left out")
                .query("pg[offset]", Integer.class, "How many to leave out first")
                .query("pg[sortBy]", String.class, "The column to sort by")
                .query("pg[sortDir]", String.class, "asc or desc");
    }

    /** The part of a list whose order is fixed, and which shows no {@code pg}. */
    static <T> List<T> cut(Call call, List<T> all) {
        return cut(all, number(call, "pg[offset]", 0, Integer.MAX_VALUE, 0), number(call, "pg[limit]", 1, MOST, MOST));
    }

    /** The part of all that there are, by the same columns as they were read with. */
    <T> List<T> of(List<T> all, Map<String, Comparator<T>> columns) {
        @Nullable Comparator<T> column = columns.get(sortBy);
        if (column == null) {
            throw new IllegalArgumentException("there is no column " + sortBy);
        }
        List<T> sorted = all.stream()
                .sorted(sortDir.equals(DOWN) ? column.reversed() : column)
                .toList();
        return cut(sorted, offset, limit);
    }

    private static <T> List<T> cut(List<T> all, int offset, int limit) {
        return all.stream().skip(offset).limit(limit).toList();
    }

    private static String direction(@Nullable String given) {
        String direction = given == null ? UP : given.toLowerCase(Locale.ROOT);
        if (!direction.equals(UP) && !direction.equals(DOWN)) {
            throw misfit("pg[sortDir]", "must be asc or desc, but is '" + given + "'");
        }
        return direction;
    }

    private static int number(Call call, String name, int least, int most, int usual) {
        String text = call.query(name);
        if (text == null) {
            return usual;
        }
        boolean fits = text.matches("[0-9]{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most;
        if (!fits) {
            throw misfit(name, "must be a whole number from " + least + " to " + most + ", but is '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static Rejected misfit(String name, String reason) {
        return new Rejected(new Rejection.QueryMisfit(name, reason));
    }
}
