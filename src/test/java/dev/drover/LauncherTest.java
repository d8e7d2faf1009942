package dev.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a source tree of its own, with a Maven and JDKs that only note what they were called with. */
class LauncherTest {
    @TempDir
    Path room;

    private Path tree;
    private Path jdks;
    private Path jdk;

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectories(room.resolve("a source tree"));
        Files.copy(Path.of("drover"), tree.resolve("drover"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        Files.createDirectories(tree.resolve("src/main/java"));
        Files.writeString(tree.resolve("src/main/java/A.java"), "class A {}");
        Files.writeString(tree.resolve("src/main/java/B.java"), "class B {}");
        aSecondAgo(tree.resolve("drover"), tree.resolve("pom.xml"), tree.resolve("src/main/java/A.java"));
        aSecondAgo(tree.resolve("src/main/java/B.java"), tree.resolve("src/main/java"), tree.resolve("src/main"));
        jdks = Files.createDirectories(room.resolve("jvm"));
        jdk = jdk("jdk 25", "25.0.3");
        script(room.resolve("bin/mvn"), """
            echo "$JAVA_HOME $*" >>'%s/mvn.calls'
            sleep 0.2
            mkdir -p '%s/target/drover/lib' && echo jar >'%s/target/drover.jar'""".formatted(room, tree, tree));
    }

    private static void aSecondAgo(Path... files) throws IOException {
        for (Path file : files) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1)));
        }
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = jdks.resolve(name);
        script(home.resolve("bin/java"), "printf '%s|' \"$@\"");
        script(home.resolve("bin/javac"), "true");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Outcome(int code, String text) {}

    /** Runs bash code after the launcher was read, so that its functions and variables can be used. */
    private Outcome bash(Map<String, String> environment, String code) throws IOException, InterruptedException {
        return start(
                environment,
                List.of("bash", "-c", "source \"$1\"; jvms=$2; " + code, "bash", launcher(), jdks.toString()));
    }

    private Outcome drover(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(Arrays.asList(words));
        return start(Map.of("DROVER_JAVA_HOME", jdk.toString(), "DROVER_AOT", "never"), command);
    }

    private String launcher() {
        return tree.resolve("drover").toString();
    }

    private Outcome start(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(room.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("DROVER_") || name.equals("JAVA_HOME"));
        builder.environment().put("PATH", room.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("DROVER_INSTALL", "never");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), text.strip());
    }

    private List<String> builds() throws IOException {
        Path calls = room.resolve("mvn.calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    @Test
    void passesOverJdksThatAreTooOld() throws Exception {
        jdk("a 17", "17.0.15");
        jdk("b 8", "1.8.0_402");

        assertThat(bash(Map.of(), "find_jdk")).isEqualTo(new Outcome(0, jdk.toString()));
    }

    @Test
    void theJdkThatWasNamedWins() throws Exception {
        Path named = jdk("zz", "26");

        assertThat(bash(Map.of("DROVER_JAVA_HOME", named.toString()), "find_jdk")
                        .text())
                .isEqualTo(named.toString());
        assertThat(bash(Map.of("JAVA_HOME", named.toString()), "find_jdk").text())
                .isEqualTo(named.toString());
    }

    @Test
    void aNamedJdkThatIsTooOldIsRefused() throws Exception {
        Path old = jdk("a 17", "17.0.15");

        Outcome outcome = bash(Map.of("DROVER_JAVA_HOME", old.toString()), "find_jdk");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.text()).contains("DROVER_JAVA_HOME is '" + old + "'").contains("25 or newer");
    }

    @Test
    void saysOnceWhyThereIsNoStartUpCache() throws Exception {
        script(jdk.resolve("bin/java"), """
            for word; do
              case $word in -XX:AOTCacheOutput=*) : >"${word#*=}"; echo half >"${word#*=}.config" ;; esac
            done
            echo 'the child is dead'""");
        Path dist = tree.resolve("target/drover");
        Map<String, String> environment = Map.of("DROVER_JAVA_HOME", jdk.toString());

        Outcome first = start(environment, List.of(launcher(), "build"));
        Outcome second = start(environment, List.of(launcher(), "build"));

        assertThat(first.text()).contains("no start-up cache could be made").contains("the child is dead");
        assertThat(second.text()).doesNotContain("start-up cache");
        assertThat(dist)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("drover.aot"));
    }

    @Test
    void saysWhatToInstallWhenThereIsNoJdk() throws Exception {
        Outcome outcome = bash(Map.of(), "jvms=/nowhere; has() { return 1; }; command() { return 1; }; find_jdk");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.text()).contains("no JDK 25 or newer found").contains("temurin-25-jdk");
    }

    @Test
    void buildsOnceWithTheJdkItFoundAndStartsWhatWasBuilt() throws Exception {
        Outcome first = drover("agents", "two words");
        Outcome second = drover("agents", "two words");

        assertThat(builds())
                .hasSize(1)
                .first()
                .asString()
                .startsWith(jdk.toString())
                .endsWith("package");
        assertThat(first.text()).contains("drover: building for the first time");
        assertThat(second.text())
                .doesNotContain("building")
                .contains("|-cp|" + tree + "/target/drover/lib/drover.jar|dev.drover.Main|agents|two words|");
    }

    @Test
    void buildsAgainAfterAChangeOrADeletion() throws Exception {
        drover("agents");
        Files.writeString(tree.resolve("src/main/java/A.java"), "class A { int a; }");
        drover("agents");
        assertThat(builds()).hasSize(2);

        Files.delete(tree.resolve("src/main/java/B.java"));
        drover("agents");
        assertThat(builds()).hasSize(3);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Outcome outcome = start(
                Map.of("DROVER_JAVA_HOME", jdk.toString()),
                List.of("bash", "-c", "\"$1\" agents & \"$1\" agents & wait", "bash", launcher()));

        assertThat(outcome.code()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aDistributionStandsAlone() throws Exception {
        drover("agents");
        Path elsewhere = room.resolve("else where");
        Files.move(tree.resolve("target/drover"), elsewhere);

        Outcome outcome = start(Map.of("DROVER_JAVA_HOME", jdk.toString()), List.of(elsewhere + "/drover", "agents"));

        assertThat(outcome.text()).contains(elsewhere + "/lib/drover.jar|dev.drover.Main|agents|");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void worksThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(room.resolve("link"), tree.resolve("drover"));

        Outcome outcome = start(Map.of("DROVER_JAVA_HOME", jdk.toString()), List.of(link.toString(), "agents"));

        assertThat(outcome.text()).contains("dev.drover.Main|agents|");
    }

    @Test
    void aCollectorThatTheUserNamesTakesThePlaceOfOurs() throws Exception {
        String flags = "flags=(); jvm_flags; echo \"${flags[*]}\"";

        assertThat(bash(Map.of("DROVER_JAVA_OPTS", "-XX:+UseZGC -Xmx4g"), flags).text())
                .endsWith("-XX:+UseZGC -Xmx4g")
                .doesNotContain("Serial");
        assertThat(bash(Map.of(), flags).text()).contains("-XX:+UseSerialGC");
    }

    @Test
    void findsTheDataFolderAsTheServerWill() throws Exception {
        Map<String, String> environment = Map.of("DROVER_DATA", "/from/environment", "HOME", "/home/me");

        assertThat(bash(environment, "data_folder run x").text()).isEqualTo("/from/environment");
        assertThat(bash(environment, "data_folder run --data /flag x").text()).isEqualTo("/flag");
        assertThat(bash(environment, "data_folder run --data='~/x'").text()).isEqualTo("/home/me/x");
        assertThat(bash(Map.of("HOME", "/home/me"), "data_folder run").text()).isEqualTo("/home/me/.drover");
    }

    @Test
    void seesWhetherOthersCanPassToAFolder() throws Exception {
        String ways = "mkdir -p w/open/x w/shut/x; chmod 711 . w w/open; chmod 750 w/shut; here=$PWD/w; ";
        // Above the room are folders that this test does not own.
        String above = "dirname() { [[ $2 == \"$here\" ]] && echo / || command dirname \"$@\"; }; ";

        assertThat(bash(Map.of(), ways + above + "passable $PWD/w/open/x").code())
                .isZero();
        assertThat(bash(Map.of(), ways + above + "passable $PWD/w/shut/x").code())
                .isEqualTo(1);
    }

    @Test
    void inCiATestSkippedForWantOfSomethingInstallableFails() throws Exception {
        Path reports = Files.createDirectories(tree.resolve("target/surefire-reports"));
        Files.writeString(reports.resolve("TEST-a.xml"), """
            <testsuite><testcase><skipped message="Assumption failed: needs bubblewrap: &quot;missing&quot;&#10;at x"
            type="x"/></testcase><testcase><skipped/></testcase></testsuite>""");

        Outcome here = bash(Map.of("CI", ""), "skipped");
        Outcome ci = bash(Map.of("CI", "true"), "skipped");

        assertThat(here.code()).isZero();
        assertThat(here.text()).contains("1 needs bubblewrap: \"missing\"", "1 no reason given");
        assertThat(ci.code()).isEqualTo(1);
    }

    @Test
    void whatCannotBeInstalledIsNoFailureInCi() throws Exception {
        Path reports = Files.createDirectories(tree.resolve("target/surefire-reports"));
        Files.writeString(reports.resolve("TEST-a.xml"), """
            <testsuite><testcase><skipped message="Assumption failed: needs cgroup v2: here is v1"/></testcase>\
            </testsuite>""");

        assertThat(bash(Map.of("CI", "true"), "skipped").code()).isZero();
    }

    @Test
    void withoutTheRightToInstallItPrintsTheCommand() throws Exception {
        Outcome outcome = bash(Map.of(), "provide sh no-such-tool=a-package");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.text()).contains("a-package").doesNotContain(" sh");
    }
}
