package dev.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.SecretFile;
import dev.drover.core.StartFailure;
import dev.drover.core.access.Access;
import dev.drover.core.access.AccessStore;
import dev.drover.core.access.Caller;
import dev.drover.core.access.FirstStart;
import dev.drover.core.access.SpawnRate;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.id.Ids;
import dev.drover.provider.secret.Argon2Passwords;
import dev.drover.provider.secret.SignedTokens;
import dev.drover.provider.secret.SigningKey;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OperatorKeyTest {
    private static final Clock CLOCK = Clock.systemUTC();

    private final TestingDatabase testing = TestingDatabase.create();
    private final Path data = TestingFolders.create();
    private final Path file = data.resolve("operator.key");
    private final Ids ids = new Ids(CLOCK);
    private final AccessStore store = new AccessStore(testing.database().jdbi(), true);
    private final Access access = new Access(
            store,
            new SignedTokens(SigningKey.of(SecretFile.random()), SigningKey.of(SecretFile.random()), "default", CLOCK),
            new Audit(new AuditStore(testing.database().jdbi()), ids, CLOCK),
            SpawnRate.OF_THE_PLAN,
            ids,
            CLOCK);
    private final FirstStart firstStart =
            new FirstStart(store, access, new Argon2Passwords(), ids, CLOCK, FirstStart.ADMIN);

    @BeforeEach
    void makeAdmin() {
        firstStart.admin("a password");
    }

    @AfterEach
    void close() {
        testing.close();
        TestingFolders.delete(data);
    }

    @Test
    void onlyItsOwnerReadsTheFile() throws IOException {
        OperatorKey.keep(data, firstStart);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(caller().user().name()).isEqualTo("admin");
    }

    @Test
    void aGoodKeyIsKept() throws IOException {
        OperatorKey.keep(data, firstStart);
        String before = Files.readString(file);
        OperatorKey.keep(data, firstStart);
        assertThat(Files.readString(file)).isEqualTo(before);
        assertThat(keys()).isEqualTo(1);
    }

    @Test
    void aKeyOfAnotherDatabaseIsReplaced() throws IOException {
        Files.writeString(file, "slaw_op_" + "0".repeat(48));
        OperatorKey.keep(data, firstStart);
        assertThat(caller().user().name()).isEqualTo("admin");
    }

    @Test
    void anEmptyFileIsReplaced() throws IOException {
        Files.writeString(file, "");
        OperatorKey.keep(data, firstStart);
        assertThat(caller().user().name()).isEqualTo("admin");
    }

    @Test
    void aRevokedKeyIsReplaced() throws IOException {
        OperatorKey.keep(data, firstStart);
        Caller before = caller();
        access.revoke(before, java.util.Objects.requireNonNull(before.credential()));
        OperatorKey.keep(data, firstStart);
        assertThat(caller().credential()).isNotEqualTo(before.credential());
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithTheRemedy() throws IOException {
        Files.createDirectory(file);
        assertThatThrownBy(() -> OperatorKey.keep(data, firstStart))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("0600");
    }

    private Caller caller() throws IOException {
        return access.identify(Files.readString(file).strip());
    }

    private int keys() {
        return testing.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from credential")
                        .mapTo(Integer.class)
                        .one());
    }
}
