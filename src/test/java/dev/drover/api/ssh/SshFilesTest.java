package dev.drover.api.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.api.ssh.TestingClients.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SshFilesTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private TestingGateway house;
    private TestingClients clients;

    @BeforeEach
    void open() throws Exception {
        house = TestingGateway.in(folder);
        clients = house.clients();
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private String run(String command) throws Exception {
        return house.computer().run(command, ENOUGH).stdout();
    }

    @Test
    void copiesTwentyMegabytesThereAndBack() throws Exception {
        byte[] bytes = TestingBytes.of(20_000_000);
        Path there = Files.write(folder.resolve("there"), bytes);
        Path back = folder.resolve("back");

        assertThat(clients.scp(there.toString(), clients.remote("in/kept")).code())
                .isNotZero();
        run("mkdir in");
        Ended up = clients.scp(there.toString(), clients.remote("in/kept"));
        assertThat(up.code()).as(up.err()).isZero();
        assertThat(run("wc -c < in/kept").strip()).isEqualTo("20000000");
        Ended down = clients.scp(clients.remote("in/kept"), back.toString());
        assertThat(down.code()).as(down.err()).isZero();
        assertThat(back).hasBinaryContent(bytes);
    }

    @Test
    void copiesWithTheOldProtocolToo() throws Exception {
        byte[] bytes = TestingBytes.of(2_000_000);
        Path there = Files.write(folder.resolve("there"), bytes);

        Ended up = clients.scp("-O", there.toString(), clients.remote("kept"));
        assertThat(up.code()).as(up.err()).isZero();
        Path back = folder.resolve("back");
        assertThat(clients.scp("-O", clients.remote("kept"), back.toString()).code())
                .isZero();
        assertThat(back).hasBinaryContent(bytes);
    }

    @Test
    void copiesAFolderWithItsTimesAndModes() throws Exception {
        run("mkdir -p tree/deep; cd tree/deep; echo one > one; chmod 750 one; touch -d @1000000000 one");
        Ended ended = clients.scp(
                "-rp", clients.remote("tree"), folder.resolve("copy").toString());

        assertThat(ended.code()).as(ended.err()).isZero();
        Path one = folder.resolve("copy/deep/one");
        assertThat(one).hasContent("one\n").isExecutable();
        assertThat(Files.getLastModifiedTime(one).toInstant()).isEqualTo(Instant.ofEpochSecond(1_000_000_000));
        assertThat(clients.scp("-rp", folder.resolve("copy").toString(), clients.remote("again"))
                        .code())
                .isZero();
        assertThat(run("stat -c '%a %Y' again/deep/one")).isEqualTo("750 1000000000\n");
    }

    @Test
    void listsMakesRenamesAndRemoves() throws Exception {
        Files.writeString(folder.resolve("words"), "good day\n");
        Ended ended = clients.sftp("""
                pwd
                mkdir box
                cd box
                put %s/words
                ls -l
                rename words letters
                ln -s letters alias
                ls -1
                get alias %s/again
                chmod 600 letters
                rm alias
                mkdir inner
                rmdir inner
                df
                """.replace("df\n", "").formatted(folder, folder));

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).containsPattern("-rw-r--r-- +1 \\S+ +\\S+ +9 \\S+ +\\d+ +\\S+ words");
        assertThat(ended.out()).contains("alias").contains("letters");
        assertThat(folder.resolve("again")).hasContent("good day\n");
        assertThat(run("ls box; stat -c %a box/letters")).isEqualTo("letters\n600\n");
    }

    @Test
    void sortsAFolderOfManyFilesWithoutLosingOne() throws Exception {
        run("mkdir many; for i in $(seq 1 1500); do : > many/f$i; done");

        assertThat(clients.sftp("ls -1 many\n").out().lines().filter(line -> line.contains("many/f")))
                .hasSize(1500);
    }

    @Test
    void takesNamesOfAnyAlphabet() throws Exception {
        Files.writeString(folder.resolve("plain"), "text");
        Ended ended = clients.sftp("put " + folder + "/plain \"über uns & 日本.txt\"\nls -1\n");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(run("cat 'über uns & 日本.txt'")).isEqualTo("text");
    }

    @Test
    void saysWhyItRefuses() throws Exception {
        assertThat(clients.sftp("get nothing\n").err()).contains("not found");
        assertThat(clients.sftp("rmdir nothing\n").err()).contains("No such file");
        assertThat(clients.sftp("mkdir /proc/box\n").code()).isNotZero();
        run("mkdir full; touch full/file");
        assertThat(clients.sftp("rmdir full\n").code()).isNotZero();
    }

    @Test
    void followsALinkNoFurtherThanTheAgentCould() throws Exception {
        assumeTrue(house.computers().kind().equals("bubblewrap"), "needs bubblewrap: processes are not isolated");
        Path secret = Files.writeString(folder.resolve("secret"), "of the server");
        run("ln -s " + secret + " way-out; ln -s / root; ln -s /proc/1/root other");

        for (String path : new String[] {"way-out", "root" + secret, "other" + secret, secret.toString()}) {
            Ended got = clients.sftp("get " + path + " " + folder + "/got\n");
            assertThat(got.code()).as(path).isNotZero();
        }
        assertThat(folder.resolve("got")).doesNotExist();
        assertThat(clients.sftp("put " + secret + " /etc/mine\n").code()).isNotZero();
        assertThat(clients.sftp("put " + secret + " /usr/bin/mine\n").code()).isNotZero();
    }

    @Test
    void isServedAsTheAgentsOwnUser() throws Exception {
        Files.writeString(folder.resolve("file"), "mine");
        clients.sftp("put " + folder + "/file\n");
        run("echo more >> file");

        assertThat(new String(house.computer().workspace().read("file", 100).bytes(), UTF_8))
                .isEqualTo("minemore\n");
        assertThat(run("stat -c %u file")).isEqualTo(run("id -u"));
    }
}
