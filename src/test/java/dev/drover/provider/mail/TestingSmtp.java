package dev.drover.provider.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A mail server that keeps what it is given; it asks for a login when it has a password. */
public final class TestingSmtp implements AutoCloseable {
    private final ServerSocket socket;
    private final @Nullable String login;
    private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();

    public TestingSmtp() {
        this(null);
    }

    /** @param login as {@code user:password}; null for anybody */
    public TestingSmtp(@Nullable String login) {
        this.login = login;
        try {
            socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url() {
        return "smtp://" + (login == null ? "" : login + "@") + "127.0.0.1:" + port();
    }

    /** The next mail; waits for it. */
    public Mail take() throws InterruptedException {
        Mail mail = mails.poll(20, TimeUnit.SECONDS);
        if (mail == null) {
            throw new AssertionError("no mail came");
        }
        return mail;
    }

    public boolean isEmpty() {
        return mails.isEmpty();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                serve(client);
            } catch (IOException e) {
                // The client went away, or the test is over.
            }
        }
    }

    private void serve(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = client.getOutputStream();
        say(out, "220 here");
        String from = "";
        String to = "";
        boolean known = login == null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String word = line.toUpperCase(Locale.ROOT);
            if (word.startsWith("EHLO")) {
                say(out, login == null ? "250 here" : "250-here\r\n250 AUTH PLAIN");
            } else if (word.startsWith("AUTH PLAIN")) {
                known = isRight(line.substring("AUTH PLAIN".length()).strip());
                say(out, known ? "235 come in" : "535 no");
            } else if (word.startsWith("MAIL FROM:")) {
                from = address(line);
                say(out, known ? "250 ok" : "530 log in first");
            } else if (word.startsWith("RCPT TO:")) {
                to = address(line);
                say(out, "250 ok");
            } else if (word.equals("DATA")) {
                say(out, "354 go on");
                mails.add(new Mail(from, to, data(in)));
                say(out, "250 kept");
            } else {
                say(out, word.equals("QUIT") ? "221 bye" : "250 ok");
            }
        }
    }

    private boolean isRight(String plain) {
        String given = new String(Base64.getDecoder().decode(plain), StandardCharsets.UTF_8);
        return given.endsWith("\0" + String.valueOf(login).replace(':', '\0'));
    }

    private static String address(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            data.append(line).append('\n');
        }
        return data.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A mail as it came in. */
    public record Mail(String from, String to, String text) {
        /** The six digits in it. */
        public String code() {
            return text.replaceAll("(?s).*code is (\\d{6})\\..*", "$1");
        }
    }
}
