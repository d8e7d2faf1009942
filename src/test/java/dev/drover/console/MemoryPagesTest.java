package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.testing.TestingPlane;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryPagesTest {
    private static TestingApi server;
    private static String url;
    private final TestingTab tab = TestingChromium.tab();

    @BeforeAll
    static void open() {
        // Words alone: what embeddings add to a search is tested where they are made.
        server =
                new TestingApi(TestingPlane.start(Map.of("DROVER_MODEL", "offline", "DROVER_EMBEDDING_MODEL", "none")));
        url = server.plane().url().toString();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void forgetEverything() {
        server.plane().database().database().jdbi().useHandle(handle -> handle.execute("delete from memory"));
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(tab.complaints()).isEmpty();
        tab.close();
    }

    private void login() {
        tab.login(url, "/console/memory", "admin", "a password for tests");
    }

    private static void put(String key, String value) {
        String body = "{\"key\": \"%s\", \"value\": \"%s\", \"tags\": [\"taste\"]}".formatted(key, value);
        assertThat(server.post("/api/v1/memory", body).status()).isEqualTo(201);
    }

    @Test
    void remembersChangesAndForgetsWithAllThatWasSaidBefore() {
        login();
        tab.see("Nothing is remembered yet");
        tab.examine("memory-empty");
        tab.click("New memory");
        tab.click("Remember");
        tab.see("Fill this in");
        tab.until("document.activeElement.name === 'key'");
        tab.fill("Key", "tea");
        tab.fill("Value", "Drinks green tea");
        tab.fill("Tags", "taste, drinks");
        tab.fill("Importance", "70");
        tab.click("Remember");
        tab.see("Must be 1 to 10, but is 70");
        tab.examine("memory-new");
        tab.fill("Importance", "7");
        tab.click("Remember");
        tab.see("tea is remembered");
        tab.see("Drinks green tea");
        tab.see("Newest first");
        tab.examine("memory");
        tab.click("Change tea");
        tab.fill("Value", "Drinks black tea");
        tab.click("Save");
        tab.see("tea is version 2 now");
        tab.click("Versions of tea");
        tab.see("Drinks green tea");
        tab.examine("memory-versions");
        tab.click("Say this again");
        tab.until("document.querySelector('.memories .text').innerText === 'Drinks green tea'");
        tab.see("Version 3");
        tab.click("Delete tea");
        tab.click("Delete");
        tab.see("Nothing is remembered yet");
        assertThat(server.get("/api/v1/memory/versions?key=tea").status()).isEqualTo(404);
    }

    @Test
    void findsByWordsInANamespaceAndKeepsTheSearchInTheAddress() {
        put("tea", "Drinks green tea");
        put("bicycle", "Rides a red bicycle");
        server.post(
                "/api/v1/memory", "{\"key\": \"elsewhere\", \"value\": \"Green hills\", \"namespace\": \"travel\"}");
        login();
        tab.see("Rides a red bicycle");
        tab.fill("Search", "green");
        tab.seeNot("Rides a red bicycle");
        tab.see("2 hits by words alone");
        tab.see("fits 1.00");
        tab.fill("namespace", "travel");
        tab.see("1 hit by words alone");
        tab.seeNot("Drinks green tea");
        assertThat(tab.js("location.search").asText()).isEqualTo("?q=green&namespace=travel");
        tab.examine("memory-search");
        tab.fill("Search", "zebra");
        tab.see("Nothing fits");
        tab.click("Show everything");
        tab.see("Rides a red bicycle");
    }

    @Test
    void bringsInWhatAFileHoldsAndTellsWhatDidNotFit() {
        put("tea", "Drinks green tea");
        login();
        tab.see("Drinks green tea");
        tab.click("Import");
        tab.click("Import");
        tab.see("Choose a file that holds memories");
        choose(
                "memories.json",
                "{\"memories\": [{\"key\": \"tea\", \"value\": \"Drinks green tea\"},"
                        + "{\"key\": \"sport\", \"value\": \"Swims\"}, {\"value\": \"no key\"}]}");
        tab.click("Import");
        tab.see("1 memory came in, 1 was there already, 1 failed");
        tab.see("Item 3");
        tab.examine("memory-imported");
        tab.click("Close");
        tab.see("Swims");
        tab.js("""
                (() => {
                  const url = URL.createObjectURL.bind(URL);
                  window.saved = [];
                  URL.createObjectURL = blob => (saved.push(blob), url(blob));
                })()""");
        tab.click("Export");
        tab.click("Export");
        tab.until("window.saved.length === 1");
        assertThat(tab.js("saved[0].text()").asText()).contains("Swims", "Drinks green tea");
    }

    @Test
    void drawsMemoriesTogetherAndSaysWhenNothingIsSaidTwice() {
        put("tea", "Drinks green tea");
        put("sport", "Swims");
        login();
        tab.see("Swims");
        tab.click("Remove doubles");
        tab.see("none says what another says");
        tab.click("Consolidate");
        tab.examine("memory-consolidate");
        tab.click("Consolidate");
        tab.see("2 memories became summary");
        tab.until("document.querySelectorAll('.memories li').length === 1");
    }

    @Test
    void showsHostileTextAsText() {
        String hostile = "<img src=x onerror=document.title=1><script>document.title=2</script>";
        put(hostile, hostile);
        login();
        tab.see(hostile);
        assertThat(tab.js("document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();
        tab.until("document.title === 'Memory · Drover'");
    }

    /** Puts a file into the dialog's field as a person would. */
    private void choose(String name, String text) {
        tab.js("""
                (() => {
                  const transfer = new DataTransfer();
                  transfer.items.add(new File([%s], '%s'));
                  document.querySelector('dialog input[type=file]').files = transfer.files;
                })()""".formatted("'" + text + "'", name));
    }
}
