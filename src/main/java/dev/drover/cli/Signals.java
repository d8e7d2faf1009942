package dev.drover.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Ctrl-C and TERM: the first asks for an orderly end, the second leaves at once. */
final class Signals {
    private static final int INTERRUPT = 2;
    private static final int TERMINATE = 15;

    private Signals() {}

    /** Calls with the exit code that the shell expects after such a signal: 130 or 143. */
    static void onFirst(IntConsumer orderlyEnd) {
        AtomicInteger count = new AtomicInteger();
        handle("INT", () -> count(count, orderlyEnd, 128 + INTERRUPT));
        handle("TERM", () -> count(count, orderlyEnd, 128 + TERMINATE));
    }

    private static void count(AtomicInteger count, IntConsumer orderlyEnd, int code) {
        if (count.getAndIncrement() == 0) {
            orderlyEnd.accept(code);
        } else {
            Runtime.getRuntime().halt(code);
        }
    }

    /**
     * The JDK has no public way to hear a signal; a shutdown hook would do for one, but not for a second. Reflection,
     * for the compiler warns of the direct call and warnings are errors here.
     */
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (InvocationTargetException e) {
            // Started with the signal ignored, as a shell does for background jobs: it stays so.
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JVM has no sun.misc.Signal", e);
        }
    }
}
