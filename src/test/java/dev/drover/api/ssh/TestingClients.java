package dev.drover.api.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.terminal.Gateway;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code ssh}, {@code scp} and {@code sftp} of this machine; skips the test where it has none. */
public record TestingClients(Path folder, int port, Path key) {
    public static TestingClients in(Path folder, int port, String privateKey) throws IOException {
        for (String program : List.of("ssh", "scp", "sftp")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), "needs OpenSSH's client " + program);
        }
        return new TestingClients(folder, port, keyFile(folder.resolve("key"), privateKey));
    }

    public static Path keyFile(Path file, String privateKey) throws IOException {
        Files.writeString(file, privateKey);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** What came of a client. */
    public record Ended(int code, String out, String err) {}

    public Ended ssh(String... more) throws Exception {
        return sshTyping("", more);
    }

    Ended sshTyping(String typed, String... more) throws Exception {
        return run(typed.getBytes(StandardCharsets.UTF_8), command(key, more), Map.of());
    }

    public Ended sshWith(Path otherKey, String... more) throws Exception {
        return run(new byte[0], command(otherKey, more), Map.of());
    }

    /** Without a key; the password comes from a program, as OpenSSH wants it. */
    public Ended sshByPassword(String password, String... more) throws Exception {
        Path teller = Files.writeString(folder.resolve("askpass"), "#!/bin/sh\necho '" + password + "'\n");
        Files.setPosixFilePermissions(teller, PosixFilePermissions.fromString("rwx------"));
        List<String> command = new ArrayList<>(List.of("setsid", "-w", "ssh", "-p", "" + port));
        command.addAll(options());
        command.addAll(List.of("-o", "PreferredAuthentications=password", "-o", "NumberOfPasswordPrompts=9"));
        command.add(Gateway.USER + "@127.0.0.1");
        command.addAll(List.of(more));
        return run(
                new byte[0],
                command,
                Map.of("SSH_ASKPASS", teller.toString(), "SSH_ASKPASS_REQUIRE", "force", "DISPLAY", ":none"));
    }

    /** A client that goes on; with its standard error in with the output. */
    public Process talking(String... more) throws IOException {
        return new ProcessBuilder(command(key, more)).redirectErrorStream(true).start();
    }

    Ended scp(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("scp", "-P", "" + port, "-i", key.toString(), "-q"));
        command.addAll(options());
        command.addAll(List.of(more));
        return run(new byte[0], command, Map.of());
    }

    public Ended sftp(String batch) throws Exception {
        List<String> command = new ArrayList<>(List.of("sftp", "-P", "" + port, "-i", key.toString(), "-q", "-b", "-"));
        command.addAll(options());
        command.add(Gateway.USER + "@127.0.0.1");
        return run(batch.getBytes(StandardCharsets.UTF_8), command, Map.of());
    }

    String remote(String path) {
        return Gateway.USER + "@127.0.0.1:" + path;
    }

    Ended run(byte[] typed, List<String> command, Map<String, String> environment) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(typed);
        } catch (IOException e) {
            // It did not want to hear all of it.
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " hangs; " + Files.readString(err));
        }
        return new Ended(
                process.exitValue(), Files.readString(out, StandardCharsets.ISO_8859_1), Files.readString(err));
    }

    List<String> command(Path identity, String... more) {
        List<String> command = new ArrayList<>(List.of("ssh", "-p", "" + port, "-i", identity.toString()));
        command.addAll(List.of("-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes"));
        command.addAll(options());
        for (String option : more) {
            if (option.startsWith("-")) {
                command.add(option);
            }
        }
        command.add(Gateway.USER + "@127.0.0.1");
        for (String word : more) {
            if (!word.startsWith("-")) {
                command.add(word);
            }
        }
        return command;
    }

    private List<String> options() {
        return List.of(
                "-F",
                "/dev/null",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "LogLevel=ERROR",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known_hosts"));
    }
}
