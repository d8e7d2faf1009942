package dev.drover.api.make;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.CamelCase;
import dev.drover.api.http.Fields;
import dev.drover.core.scenario.Field;
import dev.drover.core.scenario.FieldType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a data structure (contract, section 2).
 *
 * @param spec the fields of a collection; of an array one field, or the fields of each of its collections
 */
@CamelCase
@JsonInclude(JsonInclude.Include.NON_NULL)
record MakeField(
        @Nullable String name,
        String type,
        @Nullable String label,
        @Nullable String help,
        boolean required,
        @Nullable Object spec) {
    private static final int DEEPEST = 8;
    private static final int MOST = 100;

    static MakeField of(Field field) {
        Field item = field.item();
        Object fields = field.members().isEmpty() ? null : list(field.members());
        return new MakeField(
                field.name().isEmpty() ? null : field.name(),
                field.type().word(),
                field.label(),
                field.help(),
                field.required(),
                item == null ? fields : of(item));
    }

    static @Nullable List<MakeField> list(@Nullable List<Field> fields) {
        return fields == null ? null : fields.stream().map(MakeField::of).toList();
    }

    /** The array of fields of that name; null when there is none, refused by its path when one of them does not fit. */
    static @Nullable List<Field> read(Fields within, String name) {
        return read(within, name, 1);
    }

    private static @Nullable List<Field> read(Fields within, String name, int depth) {
        List<Fields> given = within.objects(name);
        if (given == null) {
            return null;
        }
        if (given.size() > MOST || depth > DEEPEST) {
            throw within.wrong(name, "must hold at most " + MOST + " fields, at most " + DEEPEST + " levels deep");
        }
        List<Field> fields = new ArrayList<>();
        for (Fields each : given) {
            fields.add(field(each, named(each), depth));
        }
        Field.twice(fields).ifPresent(twice -> {
            throw within.wrong(name, "has two fields named '" + twice + "'");
        });
        return fields;
    }

    private static String named(Fields fields) {
        String name = fields.text("name");
        if (name == null) {
            throw fields.wrong("name", "Required");
        }
        Field.misfit(name).ifPresent(reason -> {
            throw fields.wrong("name", reason);
        });
        return name;
    }

    private static Field field(Fields fields, String name, int depth) {
        String word = fields.text("type");
        if (word == null) {
            throw fields.wrong("type", "Required");
        }
        FieldType type = FieldType.named(word)
                .orElseThrow(
                        () -> fields.wrong("type", "must be one of " + FieldType.words() + ", but is '" + word + "'"));
        boolean nested = type == FieldType.COLLECTION || type == FieldType.ARRAY;
        if (!nested && fields.has("spec")) {
            throw fields.wrong("spec", "is for fields of type collection or array, but this one is '" + word + "'");
        }
        Fields item = type == FieldType.ARRAY && !fields.isList("spec") ? fields.object("spec") : null;
        if (item != null && depth == DEEPEST) {
            throw fields.wrong("spec", "must be at most " + DEEPEST + " levels deep");
        }
        List<Field> members = nested && item == null ? read(fields, "spec", depth + 1) : null;
        return new Field(
                name,
                type,
                fields.text("label"),
                fields.text("help"),
                Boolean.TRUE.equals(fields.flag("required")),
                members == null ? List.of() : members,
                item == null ? null : field(item, item.has("name") ? named(item) : "", depth + 1));
    }
}
