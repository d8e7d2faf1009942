package dev.drover.core.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebUrlTest {
    @ParameterizedTest
    @CsvSource({
        "HTTP://Example.com, http://example.com/",
        "http://example.com:80?q=1#f, http://example.com/?q=1",
        "https://example.com:443/a//b, https://example.com/a//b",
        "https://example.com:80/, https://example.com:80/",
        "https://example.com/ä|{x}?ü=€, https://example.com/%C3%A4%7C%7Bx%7D?%C3%BC=%E2%82%AC",
        "https://[2606:2800::1]/, https://[2606:2800:0:0:0:0:0:1]/",
    })
    void isWrittenInOneWay(String spelled, String written) throws EgressDenied {
        assertThat(WebUrl.read(spelled)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource({
        "/next, https://example.com/next",
        "next?x=1, https://example.com/a/next?x=1",
        "../up, https://example.com/up",
        "//other.example/p, https://other.example/p",
        "http://127.0.0.1:81/x, http://127.0.0.1:81/x",
        "HTTP://bücher.example/, http://xn--bcher-kva.example/",
        "/grüße, https://example.com/gr%C3%BC%C3%9Fe",
    })
    void followsALocation(String location, String led) throws EgressDenied {
        assertThat(WebUrl.read("https://example.com/a/b?c=d").resolve(location)).hasToString(led);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "//user@10.0.0.1/",
                "/a b",
                "/\\evil.example",
                "http:/x",
                "ftp:x",
                "//[::1/"
            })
    void refusesALocationItCannotRead(String location) throws EgressDenied {
        WebUrl from = WebUrl.read("https://example.com/");
        assertThatThrownBy(() -> from.resolve(location)).isInstanceOf(EgressDenied.class);
    }

    @Test
    void tellsOriginsApart() throws EgressDenied {
        WebUrl url = WebUrl.read("https://example.com/");
        assertThat(url.hasSameOrigin(WebUrl.read("https://EXAMPLE.com.:443/x"))).isTrue();
        assertThat(url.hasSameOrigin(WebUrl.read("http://example.com/"))).isFalse();
        assertThat(url.hasSameOrigin(WebUrl.read("https://example.com:444/"))).isFalse();
        assertThat(url.hasSameOrigin(WebUrl.read("https://www.example.com/"))).isFalse();
    }
}
