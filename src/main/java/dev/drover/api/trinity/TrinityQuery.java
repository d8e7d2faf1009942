package dev.drover.api.trinity;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.api.http.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters of a query; what does not fit is told as a misfit of the body is (contract, section 2). */
final class TrinityQuery {
    private TrinityQuery() {}

    static String text(Call call, String name) {
        String text = call.query(name);
        if (text == null) {
            throw TrinityMisfit.refusal(
                    List.of(TrinityMisfit.Item.of("missing", List.of("query", name), "Field required")));
        }
        return TrinityJson.text(new TextNode(text), misfit -> refuse(name, text, misfit)) == null ? "" : text;
    }

    static boolean flag(Call call, String name, boolean otherwise) {
        String text = call.query(name);
        if (text == null) {
            return otherwise;
        }
        Boolean flag = TrinityJson.flag(new TextNode(text), misfit -> refuse(name, text, misfit));
        return flag == null ? otherwise : flag;
    }

    static int integer(Call call, String name, int otherwise) {
        Integer number = integerIfAny(call, name);
        return number == null ? otherwise : number;
    }

    static @Nullable Integer integerIfAny(Call call, String name) {
        String text = call.query(name);
        return text == null ? null : TrinityJson.integer(new TextNode(text), misfit -> refuse(name, text, misfit));
    }

    private static void refuse(String name, String text, TrinityJson.Misfit misfit) {
        throw TrinityMisfit.refusal(List.of(misfit.item(List.of("query", name), text)));
    }
}
