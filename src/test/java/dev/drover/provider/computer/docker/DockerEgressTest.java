package dev.drover.provider.computer.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.provider.computer.bubblewrap.TestingDoors;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network of a container: nothing but the door. */
@Timeout(120)
class DockerEgressTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);
    private static final String GET = "perl -MIO::Socket::INET -e '($h, $p) = $ENV{HTTP_PROXY} =~ m{//(.*):(\\d+)};"
            + " $s = IO::Socket::INET->new(\"$h:$p\") or die \"no proxy\";"
            + " print $s \"GET http://example.com/ HTTP/1.1\\r\\nHost: example.com\\r\\n\\r\\n\"; print <$s>'";

    @TempDir
    Path folder;

    @Test
    void leadsThroughTheDoorAndNowhereElse() throws Exception {
        try (DockerComputers computers = TestingEngine.shared().computers(folder, "egress", 0);
                ServerSocket host = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
                Computer computer = computers.open(TestingSpecs.spec());
                Computer neighbour = computers.open(TestingSpecs.spec())) {
            Execution first = computer.run(GET, ENOUGH);

            assertThat(first.stdout())
                    .as(first.stderr())
                    .startsWith("HTTP/1.1 200")
                    .endsWith(TestingDoors.ANSWER);
            neighbour.run("socat TCP-LISTEN:8099,fork EXEC:date & sleep 0.2", ENOUGH);
            for (String target : new String[] {
                "127.0.0.1:" + host.getLocalPort(), "127.0.0.1:8099", "169.254.169.254:80", "10.0.0.1:80", "[::1]:8099"
            }) {
                assertThat(computer.run("socat -T2 - TCP:" + target + ",connect-timeout=2 </dev/null", ENOUGH)
                                .exitCode())
                        .as(target)
                        .isNotZero();
            }
        }
    }
}
