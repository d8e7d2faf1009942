package dev.drover.api.ssh;

import dev.drover.core.SecretFile;
import dev.drover.core.StartFailure;
import dev.drover.core.id.AgentId;
import dev.drover.core.terminal.Gateway;
import dev.drover.core.terminal.Reception;
import dev.drover.core.terminal.SshKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Listens for SSH clients on the ports of computers that there is a way into, and on no other; without any way in there
 * is not even a server.
 */
public final class SshGateway implements Gateway, AutoCloseable {
    private final InetAddress address;
    private final Path keyFile;
    private final SshKeys keys;
    private final SshLimits limits;
    private final KnownPorts ports = new KnownPorts();
    private @Nullable Reception reception;
    private @Nullable KeyPair hostKey;
    private @Nullable ManyPorts server;

    /**
     * Not yet listening.
     *
     * @param hostKey the file of the server's own key, which is made when it is missing
     */
    public SshGateway(InetAddress address, Path hostKey, SshKeys keys, SshLimits limits) {
        this.address = address;
        this.keyFile = hostKey;
        this.keys = keys;
        this.limits = limits;
    }

    /** Whom to ask about clients; before the first call there are none. */
    public synchronized void receiveBy(Reception asked) {
        reception = asked;
    }

    /** As {@code ssh-keygen -l} shows it. */
    public String fingerprint() {
        return KeyUtils.getFingerPrint(hostKey().getPublic());
    }

    /** Read, or made, when somebody first needs it: a server that nobody enters this way starts without. */
    private synchronized KeyPair hostKey() {
        KeyPair known = hostKey;
        if (known == null) {
            known = kept(keyFile, keys);
            hostKey = known;
        }
        return known;
    }

    @Override
    public synchronized void attend(Set<Place> places) throws IOException {
        Map<Integer, Place> wanted = new HashMap<>();
        places.forEach(place -> wanted.put(place.port(), place));
        IOException failure = null;
        for (int port : ports.ports()) {
            if (!wanted.containsKey(port)) {
                leave(port);
            }
        }
        for (Place place : wanted.values()) {
            try {
                listen(place);
            } catch (IOException e) {
                failure = new IOException(
                        "port " + place.port() + " of " + address.getHostAddress() + " cannot be listened on ("
                                + e.getMessage() + "); free it, or let another address be listened on",
                        e);
            }
        }
        endSessions();
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends all sessions and listens no more. */
    @Override
    public synchronized void close() throws IOException {
        ManyPorts last = server;
        server = null;
        ports.ports().forEach(ports::remove);
        if (last != null) {
            last.stop(true);
        }
    }

    private void listen(Place place) throws IOException {
        if (!ports.ports().contains(place.port())) {
            server().listen(place.port());
        }
        ports.put(place);
    }

    private void leave(int port) throws IOException {
        ports.remove(port);
        server().leave(port);
    }

    /** Those whose way in is over hear so; without a port left the server and its threads go too. */
    private void endSessions() throws IOException {
        ManyPorts current = server;
        if (current == null) {
            return;
        }
        for (AbstractSession session : current.getActiveSessions()) {
            if (ports.isOver(session) || ports.agent(session).isEmpty()) {
                session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "This access has ended");
                session.close(false);
            }
        }
        if (ports.ports().isEmpty()) {
            server = null;
            Thread.ofVirtual().name("ssh-stop").start(() -> stop(current));
        }
    }

    private static void stop(ManyPorts last) {
        try {
            last.stop();
        } catch (IOException e) {
            // It listens on nothing any more; what is left of it ends with its last connection.
        }
    }

    private ManyPorts server() {
        ManyPorts current = server;
        if (current == null) {
            Reception asked = reception;
            if (asked == null) {
                throw new IllegalStateException("nobody to ask about clients has been named");
            }
            current = SshServers.make(address, hostKey(), limits, new Knocking(asked, ports), new Doors(asked));
            server = current;
        }
        return current;
    }

    /** Makes what a client asks for, in the computer whose port it called. */
    final class Doors {
        private final Reception asked;

        private Doors(Reception asked) {
            this.asked = asked;
        }

        SessionCommand session(Session client, @Nullable String command) throws IOException {
            return new SessionCommand(asked, agent(client), command);
        }

        FilesCommand files(Session client) throws IOException {
            return new FilesCommand(asked, agent(client));
        }

        private AgentId agent(Session client) throws IOException {
            return ports.agent(client).orElseThrow(() -> new IOException("this access has ended"));
        }
    }

    private static KeyPair kept(Path file, SshKeys keys) {
        String pem = SecretFile.keep(file, () -> keys.make("drover").privateKey());
        try (ByteArrayInputStream bytes = new ByteArrayInputStream((pem + "\n").getBytes(StandardCharsets.US_ASCII))) {
            Iterable<KeyPair> found =
                    SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), bytes, null);
            if (found != null && found.iterator().hasNext()) {
                return found.iterator().next();
            }
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(file, e);
        }
        throw unreadable(file, null);
    }

    private static StartFailure unreadable(Path file, @Nullable Exception cause) {
        return new StartFailure(
                file + " does not hold a private key: delete it, and SSH clients see a new host key", cause);
    }
}
