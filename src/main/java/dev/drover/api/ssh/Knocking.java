package dev.drover.api.ssh;

import dev.drover.core.id.AccessId;
import dev.drover.core.terminal.Gateway;
import dev.drover.core.terminal.Reception;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;

/** Judges who may come in. */
final class Knocking implements PublickeyAuthenticator, PasswordAuthenticator {
    private static final System.Logger LOG = System.getLogger(Knocking.class.getName());
    private static final Duration AFTER_A_WRONG_PASSWORD = Duration.ofSeconds(1);

    private final Reception reception;
    private final KnownPorts ports;

    Knocking(Reception reception, KnownPorts ports) {
        this.reception = reception;
        this.ports = ports;
    }

    /** Asked also by clients that only want to know whether the key would do. */
    @Override
    public boolean authenticate(String user, PublicKey key, ServerSession session) {
        return admit(
                user,
                session,
                ports.agent(session).flatMap(agent -> reception.byKey(agent, PublicKeyEntry.toString(key))));
    }

    @Override
    public boolean authenticate(String user, String password, ServerSession session) {
        boolean admitted =
                admit(user, session, ports.agent(session).flatMap(agent -> reception.byPassword(agent, password)));
        if (!admitted) {
            throw later();
        }
        return true;
    }

    private static boolean admit(String user, ServerSession session, Optional<AccessId> way) {
        if (way.isEmpty() || !user.equals(Gateway.USER)) {
            LOG.log(System.Logger.Level.DEBUG, "no way in for {0} from {1}", user, session.getClientAddress());
            return false;
        }
        session.setAttribute(KnownPorts.WAY, way.get());
        return true;
    }

    /** A refusal that takes its time, and no thread of the server's. */
    private static AsyncAuthException later() {
        AsyncAuthException answer = new AsyncAuthException();
        Thread.ofVirtual().name("ssh-wrong-password").start(() -> {
            try {
                Thread.sleep(AFTER_A_WRONG_PASSWORD);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer.setAuthed(false);
        });
        return answer;
    }
}
