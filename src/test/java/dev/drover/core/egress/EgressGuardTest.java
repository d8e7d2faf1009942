package dev.drover.core.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EgressGuardTest {
    private final TestingNames names = new TestingNames()
            .answering("example.com", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c")
            .answering("xn--bcher-kva.example", "93.184.215.15")
            .answering("mixed.example", "93.184.215.14", "10.0.0.1")
            .answering("db.internal", "10.1.2.3")
            .answering("localhost", "127.0.0.1")
            .answering("api.drover.example", "93.184.215.16")
            .answering("notdrover.example", "93.184.215.17")
            .answering("by-address.example", "93.184.215.99")
            .answering("rebinding.example", "93.184.215.14")
            .answering("rebinding.example", "127.0.0.1");

    private final EgressGuard guard = guard();

    private EgressGuard guard(String... allow) {
        return new EgressGuard(names, List.of(allow), List.of("Drover.example.", "93.184.215.99"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "http://EXAMPLE.com./a?b=c#d",
                "https://example.com:8443/x",
                "https://example.com/?u=user@host",
                "https://93.184.215.14/",
                "https://93.184.215.14./",
                "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:443/",
                "https://[::ffff:93.184.215.14]/",
                "https://[64:ff9b::5db8:d70e]/",
                "https://[2002:5db8:d70e::1]/",
                "https://bücher.example/straße",
                "https://BÜCHER.example/",
                "https://xn--bcher-kva.example/",
                "https://notdrover.example/",
            })
    void letsThroughWhatIsPublic(String url) throws EgressDenied {
        assertThat(guard.check(url).addresses()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com",
                "javascript:alert(1)",
                "//example.com/",
                "/relative",
                "example.com",
                "",
                "http:example.com",
                "http:/example.com",
                "http:///example.com",
                "https://",
                " https://example.com",
                "https://example.com /",
                "https://example.com/a b",
                "https://exa\tmple.com/",
                "https://example.com\r\nX-Injected: 1/",
                "https://example.com\n",
                "https://example.com/\u0000",
                "https://10.0.0.1\u0000.example.com/",
                "https://example.com/\u0085",
                "https://example.com/\u2028",
                "https://user@example.com/",
                "https://user:secret@example.com/",
                "https://example.com@10.0.0.1/",
                "https://@example.com/",
                "https://example.com\\@10.0.0.1/",
                "https:\\\\example.com/",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com:/",
                "https://example.com:080/",
                "https://example.com:99999999999/",
                "https://example.com:8o/",
                "https://example.com:80:80/",
                "https://example.com:-1/",
                "https://example.com:\uFF18\uFF10/",
                "https://example..com/",
                "https://.example.com/",
                "https://example.com../",
                "https://./",
                "https://-a.com/",
                "https://exa%6Dple.com/",
                "https://example.com%00/",
                "https://exa mple.com/",
                "https://exa,mple.com/",
                "https://{example}.com/",
                "https://example.com|evil/",
                "https://[example.com]/",
                "https://[]/",
                "https://[fe80::1%25eth0]/",
                "https://[fe80::1%eth0]/",
                "https://[2606:2800::1%1]/",
                "https://[::1",
                "https://::1/",
                "https://2606:2800::1/",
                "https://[2606:2800:::1]/",
                "https://[::ffff:127.1]/",
                "https://[::ffff:0177.0.0.1]/",
                "https://[12345::]/",
                "https://[1.2.3.4]/",
                "https://\uD800.example/",
            })
    void refusesWhatTwoParsersCouldReadDifferently(String url) {
        assertThatThrownBy(() -> guard.check(url)).isInstanceOf(EgressDenied.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "0177.0.0.01",
                "127.1",
                "127.0.1",
                "127",
                "0",
                "0x",
                "10.0.0.010",
                "1.2.3.256",
                "1.2.3.4.5",
                "93.184.215.014",
                "93.12113678",
                "0X5db8d70e",
                "0x5d.0xb8.0xd7.0x0e",
                "example.0x7f",
                "example.123",
                "2130706433.",
                "127.1.",
                "\u0661\u0662\u0667.0.0.1"
            })
    void refusesOddNumericHosts(String host) {
        assertThatThrownBy(() -> guard.check("http://" + host + "/")).hasMessageContaining("odd numeric address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFF11\uFF12\uFF17.0.0.1", "127\u30020.0.1", "127\uFF0E0.0.1", "127.0.0.\u2460", "\u2488\uFF11",
                "\uFF45xample.com", "exam\u00ADple.com", "ex\u200Dample.com", "stra\u00DFe.example",
                        "\u212Aelvin.example",
                "example.com\u2024", "ex\uFE0Fample.com", "\u2100.example"
            })
    void refusesLookAlikes(String host) {
        assertThatThrownBy(() -> guard.check("http://" + host + "/")).hasMessageContaining("can be read as others");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.9",
                "127.0.0.1.",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "100.100.100.200",
                "[::]",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::0001]",
                "[::ffff:127.0.0.1]",
                "[::FFFF:7f00:1]",
                "[::127.0.0.1]",
                "[::a00:1]",
                "[::ffff:0:10.0.0.1]",
                "[::ffff:0:a00:1]",
                "[64:ff9b::10.0.0.1]",
                "[64:ff9b::a9fe:a9fe]",
                "[64:ff9b:1::1]",
                "[64:ff9b:1:ffff::8.8.8.8]",
                "[100::1]",
                "[2001::1]",
                "[2001:1ff::1]",
                "[2001:db8::1]",
                "[2002:7f00:1::]",
                "[2002:a00:1::1]",
                "[2002:c0a8:101::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[febf::1]",
                "[fec0::1]",
                "[ff02::1]",
                "[3fff::1]",
                "[5f00::1]",
                "[4000::1]",
                "[1::1]"
            })
    void refusesSpecialAddresses(String host) {
        assertThatThrownBy(() -> guard.check("http://" + host + "/")).hasMessageContaining("private/internal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata.google.internal",
                "METADATA.google.internal.",
                "metadata.goog",
                "metadata",
                "instance-data",
                "x.metadata.google.internal"
            })
    void refusesCloudMetadataNames(String host) {
        assertThatThrownBy(() -> guard.check(host, 80))
                .hasMessageContaining("private/internal: it is the name of a cloud");
    }

    @ParameterizedTest
    @ValueSource(strings = {"drover.example", "DROVER.EXAMPLE.", "api.drover.example", "a.b.drover.example"})
    void refusesItsOwnDomains(String host) {
        assertThatThrownBy(() -> guard.check("https://" + host + "/api"))
                .hasMessage(
                        "the target '%s' is private/internal: it belongs to this server",
                        host.toLowerCase(java.util.Locale.ROOT).replaceAll("\\.$", ""));
    }

    @Test
    void refusesItsOwnAddressUnderAnyName() {
        assertThatThrownBy(() -> guard.check("by-address.example", 443))
                .hasMessageContaining("93.184.215.99 is this server");
    }

    @Test
    void saysWhatANameResolvesTo() {
        assertThatThrownBy(() -> guard.check("https://db.internal/"))
                .hasMessage(
                        "the target 'db.internal' is private/internal:" + " 10.1.2.3 is a private network, 10.0.0.0/8");
    }

    @Test
    void checksEveryAddressOfAName() {
        assertThatThrownBy(() -> guard.check("https://mixed.example/")).hasMessageContaining("10.0.0.1");
    }

    @Test
    void asksTheResolverOncePerDecision() throws EgressDenied {
        assertThat(guard.check("rebinding.example", 80).addresses().getFirst().getHostAddress())
                .isEqualTo("93.184.215.14");
        assertThatThrownBy(() -> guard.check("rebinding.example", 80)).hasMessageContaining("127.0.0.1");
    }

    @Test
    void tellsAnUnknownNameFromAForbiddenOne() {
        assertThatThrownBy(() -> guard.check("https://nowhere.example/"))
                .isInstanceOfSatisfying(
                        EgressDenied.class,
                        denied -> assertThat(denied.isUnresolved()).isTrue())
                .hasMessageContaining("'nowhere.example' has no address");
    }

    @Test
    void namesTheHostAsJudged() throws EgressDenied {
        assertThat(guard.check("HTTPS://Example.COM.:444/")).satisfies(destination -> {
            assertThat(destination.host()).isEqualTo("example.com");
            assertThat(destination.port()).isEqualTo(444);
            assertThat(destination.addresses()).hasSize(2);
        });
        assertThat(guard.check("http://example.com").port()).isEqualTo(80);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/", "http://localhost:8080/", "http://[::ffff:127.0.0.1]:8080/",
                        "http://db.internal:5432/",
                "http://DB.internal.:5432/", "http://172.16.9.9/", "http://172.20.1.1:99/", "http://192.168.7.7:81/",
                "http://[fd00::7]/", "http://[fd11::1]:443/", "http://[fe80::1]:9/", "https://drover.example:7/"
            })
    void letsThroughWhatAnOperatorAllows(String url) throws EgressDenied {
        names.answering("drover.example", "10.9.9.9");
        EgressGuard allowing = guard(
                "127.0.0.1:8080",
                "db.internal:5432",
                "172.16.0.0/12",
                "192.168.0.0/16:81",
                "fd00::/16",
                "[fd11::1]:443",
                "[fe80::]/10:9",
                " drover.example:7 ",
                "");
        assertThat(allowing.check(url).addresses()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8081/", "http://127.0.0.2:8080/", "http://db.internal:5433/",
                        "http://172.32.0.1.nip.internal/",
                "http://192.168.7.7:82/", "http://mixed.example/", "http://2130706433:8080/",
                        "http://user@127.0.0.1:8080/",
                "http://drover.example:8/"
            })
    void letsNothingElseThrough(String url) {
        names.answering("172.32.0.1.nip.internal", "10.0.0.1");
        EgressGuard allowing = guard("127.0.0.1:8080", "db.internal:5432", "192.168.0.0/16:81", "drover.example:7");
        assertThatThrownBy(() -> allowing.check(url)).isInstanceOf(EgressDenied.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.internal",
                "127.0.0.1",
                "http://127.0.0.1:80",
                "10/8",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/8:0",
                "a:0",
                "a:65536",
                "fd00::1",
                "[fd00::1]",
                "*.internal:80",
                "0177.0.0.1:80",
                "db.internal/8",
                "fd00::/129",
                ":80",
                "a b:80"
            })
    void refusesAMalformedAllowEntry(String entry) {
        assertThatThrownBy(() -> guard(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + entry + "'")
                .hasMessageContaining("host:port")
                .hasMessageContaining("DROVER_EGRESS_ALLOW");
    }

    @Test
    void refusesAMalformedOwnHost() {
        assertThatThrownBy(() -> new EgressGuard(names, List.of(), List.of("https://drover.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'https://drover.example'");
    }

    @Test
    void tellsItsListenerEveryDecision() throws EgressDenied {
        List<String> heard = new ArrayList<>();
        EgressGuard heeded = guard.reportingTo(new EgressListener() {
            @Override
            public void allowed(Destination destination) {
                heard.add("allowed " + destination.host() + ":" + destination.port());
            }

            @Override
            public void denied(String target, String reason) {
                heard.add("denied " + target);
            }
        });
        heeded.check("https://example.com/");
        assertThatThrownBy(() -> heeded.check("http://10.0.0.1\n/")).isInstanceOf(EgressDenied.class);
        assertThatThrownBy(() -> heeded.check("10.0.0.1", 22)).isInstanceOf(EgressDenied.class);
        assertThat(heard).containsExactly("allowed example.com:443", "denied http://10.0.0.1?/", "denied 10.0.0.1:22");
    }
}
