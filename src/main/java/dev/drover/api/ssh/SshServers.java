package dev.drover.api.ssh;

import java.net.InetAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.subsystem.SubsystemFactory;

/** An SSH server that offers sessions and files, and nothing else that the protocol knows. */
final class SshServers {
    private SshServers() {}

    static ManyPorts make(
            InetAddress address, KeyPair hostKey, SshLimits limits, Knocking knocking, SshGateway.Doors doors) {
        ManyPorts server = (ManyPorts) ServerBuilder.builder()
                .factory(() -> new ManyPorts(address))
                // Neither ports nor an agent nor a screen are passed on: the guarded way out is the only one.
                .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
                .build();
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        server.setPublickeyAuthenticator(knocking);
        server.setPasswordAuthenticator(knocking);
        server.setShellFactory(channel -> doors.session(channel.getServerSession(), null));
        server.setCommandFactory((channel, command) -> doors.session(channel.getServerSession(), command));
        server.setSubsystemFactories(List.of(new Files(doors)));
        limit(server, limits);
        return server;
    }

    private static void limit(ManyPorts server, SshLimits limits) {
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, limits.tries());
        CoreModuleProperties.AUTH_TIMEOUT.set(server, limits.login());
        CoreModuleProperties.IDLE_TIMEOUT.set(server, limits.idle());
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, limits.channels());
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, limits.sessions());
        // A reader who pauses is not gone; the idle limit tells.
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, limits.idle());
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(server, true);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "DROVER");
        server.setSessionHeartbeat(HeartbeatType.NONE, Duration.ZERO);
    }

    private record Files(SshGateway.Doors doors) implements SubsystemFactory {
        @Override
        public String getName() {
            return "sftp";
        }

        @Override
        public Command createSubsystem(ChannelSession channel) throws java.io.IOException {
            return doors.files(channel.getServerSession());
        }
    }
}
