package dev.drover.provider.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgresql://ann:s3cret@db:5433/drover    | jdbc:postgresql://db:5433/drover          | ann   | s3cret
            postgres://ann:s3cret@db/drover           | jdbc:postgresql://db:5432/drover          | ann   | s3cret
            postgresql://ann@db/drover                | jdbc:postgresql://db:5432/drover          | ann   | ''
            postgresql://a%40b:p%2Fq%3F+%25@db/my%20x | jdbc:postgresql://db:5432/my+x            | a@b   | p/q?+%
            postgresql://ann:p@ss:w@db/drover         | jdbc:postgresql://db:5432/drover          | ann   | p@ss:w
            postgresql://ann:x@[::1]:5433/drover      | jdbc:postgresql://[::1]:5433/drover       | ann   | x
            postgresql://ann:x@my_db/d?sslmode=require| jdbc:postgresql://my_db:5432/d?sslmode=require | ann | x
            postgresql://ann:x@db/d?sslmode=verify-full&channel_binding=require \
                | jdbc:postgresql://db:5432/d?sslmode=verify-full&channelBinding=require | ann | x
            """)
    void reads(String text, String url, String user, String password) {
        assertThat(DatabaseAddress.parse(text)).isEqualTo(new DatabaseAddress(url, user, password));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mysql://ann:s3cret@db/drover               | cannot be read
            jdbc:postgresql://db/drover?user=s3cret    | cannot be read
            postgresql://ann:s3cret/x@db/drover        | port is not a number
            postgresql://ann:s3cret@db:99999/drover    | port is not a number
            postgresql://ann:s3cret@db:x/drover        | port is not a number
            postgresql://ann:s3cret@db:5432            | database name is missing
            postgresql://ann:s3cret@db/                | database name is missing
            postgresql://ann:s3cret@:5432/drover       | host is missing
            postgresql://db/drover                     | user is missing
            postgresql://:s3cret@db/drover             | user is missing
            postgresql://ann:s3cret%zz@db/drover       | hex digits
            postgresql://ann:s3cret@db/drover?s3cret=1 | only sslmode=
            postgresql://ann:s3cret@db/drover?sslmode  | only sslmode=
            """)
    void saysWhatIsWrongAndNeverThePassword(String text, String what) {
        assertThatThrownBy(() -> DatabaseAddress.parse(text))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(what)
                .hasMessageContaining("DROVER_DATABASE_URL")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void hidesThePasswordInItsText() {
        assertThat(DatabaseAddress.parse("postgresql://ann:s3cret@db/drover").toString())
                .isEqualTo("ann at jdbc:postgresql://db:5432/drover");
    }

    @Test
    void saysWhenNobodyAnswersThere() {
        var nowhere = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/drover", "ann", "s3cret");

        assertThatThrownBy(() -> new PostgresDatabase(nowhere).close())
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("refused")
                .hasMessageNotContaining("s3cret");
    }
}
