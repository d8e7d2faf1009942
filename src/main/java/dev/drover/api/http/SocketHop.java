package dev.drover.api.http;

import dev.drover.core.Refused;
import dev.drover.core.computer.Keeper;
import dev.drover.core.machine.Places;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Receives those whose socket is about a computer, and has them talk to the server that has it. */
record SocketHop(SocketRoute route, SocketRoute.Computer computer, HttpClient client, Places places)
        implements SocketHost {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final int AWAY = 4000;

    @Override
    public SocketTalk receive(@Nullable String token) {
        return new Talk(route.host().receive(token));
    }

    @Override
    public SocketTalk receive(@Nullable String token, boolean hopped) {
        return hopped ? route.host().receive(token) : receive(token);
    }

    /** Until the first text has come, nobody knows who is to hear it. */
    private final class Talk implements SocketTalk {
        private final SocketTalk here;
        private volatile @Nullable Socket socket;
        private volatile Keeper.@Nullable There there;
        private volatile @Nullable WebSocket line;
        private boolean settled;

        Talk(SocketTalk here) {
            this.here = here;
        }

        @Override
        public void opened(Socket opened) {
            socket = opened;
            here.opened(opened);
        }

        @Override
        public void said(String text) {
            if (!settled) {
                settled = true;
                settle(text);
            }
            WebSocket to = line;
            if (to != null) {
                pass(to, text);
            } else if (there == null) {
                here.said(text);
            }
        }

        private void settle(String text) {
            Socket to = socket;
            String agent = computer.agent().apply(text);
            if (to == null || agent == null) {
                return;
            }
            try {
                if (places.of(agent) instanceof Keeper.There found) {
                    there = found;
                    connect(to, found);
                }
            } catch (Refused databaseAway) {
                // Who talks here says so.
            }
        }

        private void connect(Socket to, Keeper.There found) {
            URI target = URI.create(found.url().toString().replaceFirst("^http", "ws"))
                    .resolve(route.path());
            try {
                line = client.newWebSocketBuilder()
                        .header(Hop.HEADER, places.here().toString())
                        .connectTimeout(CONNECT_WITHIN)
                        .buildAsync(target, new Ear(to))
                        .get(CONNECT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                lost(to, found);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                lost(to, found);
            }
        }

        private void pass(WebSocket to, String text) {
            try {
                to.sendText(text, true).get();
            } catch (ExecutionException e) {
                // Its end is told by who listens to it.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void waited() {
            Keeper.There found = there;
            Socket to = socket;
            if (found == null) {
                here.waited();
            } else if (to != null && !lives(found)) {
                lost(to, found);
            }
        }

        private boolean lives(Keeper.There found) {
            try {
                return places.lives(found.node());
            } catch (Refused databaseAway) {
                return true;
            }
        }

        @Override
        public void closed() {
            WebSocket to = line;
            if (to != null) {
                to.abort();
            }
            here.closed();
        }
    }

    private void lost(Socket to, Keeper.There found) {
        to.say(computer.complaint()
                .apply("The computer of this agent is on server " + found.node() + " (" + found.url()
                        + "), which does not answer; try again in a few seconds"));
        to.close(AWAY, "the server that has the computer does not answer");
    }

    /** What the other server says: the next piece is asked for when this one has been written. */
    private static final class Ear implements WebSocket.Listener {
        private final Socket to;
        private final StringBuilder heard = new StringBuilder();

        Ear(Socket to) {
            this.to = to;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
            heard.append(piece);
            if (!last) {
                from.request(1);
                return null;
            }
            String whole = heard.toString();
            heard.setLength(0);
            to.say(() -> {
                from.request(1);
                return whole;
            });
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            to.close(code == 1005 || code == 1006 ? WebSocket.NORMAL_CLOSURE : code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            to.close(AWAY, "the server that has the computer went away");
        }
    }
}
