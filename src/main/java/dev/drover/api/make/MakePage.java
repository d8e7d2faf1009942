package dev.drover.api.make;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.drover.api.http.Call;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import java.util.List;

/** Which part of a list was asked for, as the answer says it again (contract, section 1). */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
record MakePage(String sortBy, String sortDir, int limit, int offset) {
    private static final int USUAL_LIMIT = 1_000;
    private static final int MOST = 10_000;
    private static final int FARTHEST = 1_000_000;

    /** @param columns that the list can be sorted by; the first one when nothing is said */
    static MakePage of(Call call, List<String> columns) {
        String by = call.query("pg[sortBy]");
        if (by != null && !columns.contains(by)) {
            throw misfit("pg[sortBy]", "must be one of " + String.join(", ", columns) + ", but is '" + by + "'");
        }
        String direction = call.query("pg[sortDir]");
        if (direction != null && !direction.equals("asc") && !direction.equals("desc")) {
            throw misfit("pg[sortDir]", "must be asc or desc, but is '" + direction + "'");
        }
        return new MakePage(
                by == null ? columns.getFirst() : by,
                direction == null ? "asc" : direction,
                number(call, "pg[limit]", USUAL_LIMIT, 1, MOST),
                number(call, "pg[offset]", 0, 0, FARTHEST));
    }

    boolean descending() {
        return sortDir.equals("desc");
    }

    private static int number(Call call, String name, int usual, int least, int most) {
        String text = call.query(name);
        if (text == null) {
            return usual;
        }
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw misfit(name, "must be a whole number of " + least + " to " + most + ", but is '" + text + "'");
        }
        return number;
    }

    private static Rejected misfit(String name, String reason) {
        return new Rejected(new Rejection.QueryMisfit(name, reason));
    }
}
