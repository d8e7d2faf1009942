package dev.drover.api.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.sshd.server.SshServer;

/** One SSH server that listens on ports which come and go. */
final class ManyPorts extends SshServer {
    private final InetAddress address;

    ManyPorts(InetAddress address) {
        this.address = address;
    }

    /** The first one starts the server. */
    void listen(int wanted) throws IOException {
        if (isStarted()) {
            acceptor.bind(new InetSocketAddress(address, wanted));
        } else {
            setHost(address.getHostAddress());
            setPort(wanted);
            start();
        }
    }

    void leave(int unwanted) {
        acceptor.unbind(new InetSocketAddress(address, unwanted));
    }
}
