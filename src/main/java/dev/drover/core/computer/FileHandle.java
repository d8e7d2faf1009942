package dev.drover.core.computer;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * A hold on one file or folder, whatever becomes of its name. Everything done through {@link #path()} meets exactly
 * what was opened. The JDK has nothing like it: a SecureDirectoryStream can neither make a folder nor read a link, and
 * opening a FIFO that an agent has put in a file's place would block for ever.
 */
final class FileHandle implements AutoCloseable {
    private static final int O_PATH_NOFOLLOW_CLOEXEC = 0x200000 | noFollow() | 0x80000;
    private static final int CURRENT_FOLDER = -100;
    private static final int NOT_FOUND = 2;
    private static final int NAME_TOO_LONG = 36;

    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_VALUE =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPENAT = function(
            "openat",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(3),
            ERRNO);
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle SETXATTR = function(
            "setxattr",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT),
            ERRNO);

    private final int number;

    private FileHandle(int number) {
        this.number = number;
    }

    static FileHandle of(Path path) throws IOException {
        return new FileHandle(open(CURRENT_FOLDER, path.toAbsolutePath().toString()));
    }

    /** The entry of this folder; a symbolic link itself, never what it leads to. */
    FileHandle entry(String name) throws IOException {
        return new FileHandle(open(number, name));
    }

    /** A path to exactly this file for the JDK's own file calls. */
    Path path() {
        return Path.of("/proc/self/fd/" + number);
    }

    PosixFileAttributes attributes() throws IOException {
        return Files.readAttributes(path(), PosixFileAttributes.class);
    }

    @Override
    public void close() {
        try {
            int ignored = (int) CLOSE.invokeExact(number);
        } catch (Throwable e) {
            throw new IllegalStateException("close(" + number + ") could not be called", e);
        }
    }

    /** Sets an extended attribute; the JDK reaches only those that users make up. */
    static void attribute(Path file, String name, byte[] value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, value);
            int result = (int) SETXATTR.invokeExact(
                    state,
                    arena.allocateFrom(file.toString()),
                    arena.allocateFrom(name),
                    bytes,
                    (long) value.length,
                    0);
            if (result != 0) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "attribute " + name + " cannot be set (error " + ERRNO_VALUE.get(state, 0L)
                                + "); keep DROVER_DATA on a file system with access lists, such as ext4");
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setxattr could not be called", e);
        }
    }

    private static int open(int folder, String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int opened = (int) OPENAT.invokeExact(state, folder, arena.allocateFrom(name), O_PATH_NOFOLLOW_CLOEXEC);
            if (opened >= 0) {
                return opened;
            }
            int error = (int) ERRNO_VALUE.get(state, 0L);
            throw error == NOT_FOUND || error == NAME_TOO_LONG
                    ? new NoSuchFileException(name)
                    : new FileSystemException(name, null, "cannot be opened (error " + error + ")");
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("openat could not be called", e);
        }
    }

    private static int noFollow() {
        return System.getProperty("os.arch").equals("aarch64") ? 0x8000 : 0x20000;
    }

    // Restricted, because a wrong signature could crash the JVM; these few are as POSIX has them.
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor signature, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature, options);
    }
}
