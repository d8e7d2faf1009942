package dev.drover.provider.computer.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.TestingSpecs;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network of a computer: nothing but the door. */
@Timeout(120)
class BubblewrapEgressTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    /** A GET through the proxy that the environment names, with nothing but Perl. */
    private static final String GET = "perl -MIO::Socket::INET -e '($h, $p) = $ENV{HTTP_PROXY} =~ m{//(.*):(\\d+)};"
            + " $s = IO::Socket::INET->new(\"$h:$p\") or die \"no proxy\";"
            + " print $s \"GET http://example.com/ HTTP/1.1\\r\\nHost: example.com\\r\\n\\r\\n\"; print <$s>'";

    @TempDir
    Path folder;

    @Test
    void leadsThroughTheDoorFromTheFirstCommandOn() throws Exception {
        try (TestingBubblewrap bubblewrap = TestingBubblewrap.in(folder);
                Computer computer = bubblewrap.computers().open(TestingSpecs.spec())) {
            Execution first = computer.run(GET, ENOUGH);

            assertThat(first.stdout())
                    .as(first.stderr())
                    .startsWith("HTTP/1.1 200")
                    .endsWith(TestingDoors.ANSWER);
            for (String variable :
                    new String[] {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"}) {
                assertThat(computer.run("echo $" + variable, ENOUGH).stdout()).isEqualTo("http://127.0.0.1:3128\n");
            }
            assertThat(computer.run("echo \"[$NO_PROXY]\"", ENOUGH).stdout()).isEqualTo("[]\n");
        }
    }

    @Test
    void reachesNeitherTheHostNorANeighbourNorTheCloudsMetadata() throws Exception {
        try (TestingBubblewrap bubblewrap = TestingBubblewrap.in(folder);
                ServerSocket host = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
                Computer computer = bubblewrap.computers().open(TestingSpecs.spec());
                Computer neighbour = bubblewrap.computers().open(TestingSpecs.spec())) {
            neighbour.run("socat TCP-LISTEN:8099,fork EXEC:date & sleep 0.2", ENOUGH);

            for (String target : new String[] {
                "127.0.0.1:" + host.getLocalPort(), "127.0.0.1:8099", "169.254.169.254:80", "10.0.0.1:80", "[::1]:8099"
            }) {
                assertThat(computer.run("socat -T2 - TCP:" + target + ",connect-timeout=2 </dev/null", ENOUGH)
                                .exitCode())
                        .as(target)
                        .isNotZero();
            }
            assertThat(computer.run("getent hosts example.com", ENOUGH).exitCode())
                    .isNotZero();
        }
    }

    @Test
    void isTheSameForManyAtOnce() throws Exception {
        try (TestingBubblewrap bubblewrap = TestingBubblewrap.in(folder);
                Computer computer = bubblewrap.computers().open(TestingSpecs.spec())) {
            String all = "for i in 1 2 3 4 5 6 7 8; do (" + GET + ") & done; wait";

            assertThat(computer.run(all, ENOUGH).stdout().split("met the door", -1))
                    .hasSize(9);
        }
    }
}
