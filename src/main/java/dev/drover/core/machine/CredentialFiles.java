package dev.drover.core.machine;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.HomePath;
import dev.drover.core.computer.Workspace;
import dev.drover.core.credential.BadBundle;
import dev.drover.core.credential.BundleCipher;
import dev.drover.core.credential.BundleCodec;
import dev.drover.core.credential.DotEnv;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that lie as files in the homes of agents (Trinity contract, sections 5.17 and 8): written there, taken
 * along in an encrypted bundle, and those of {@code .env} known to the commands that run beside them.
 */
public final class CredentialFiles {
    public static final String VARIABLES = ".env";
    public static final String SERVERS = ".mcp.json";
    public static final String BUNDLE = ".credentials.enc";

    /** What all files of one call may have together. */
    public static final int MOST_BYTES = 10 << 20;

    /** A bundle of so much in base64 within base64, with room to spare. */
    private static final int LARGEST_BUNDLE = 4 * MOST_BYTES;

    /** The kernel starts nothing with a longer one, or with more than about two megabytes of them. */
    private static final int LONGEST_VARIABLE = 100_000;

    private static final int LONGEST_VARIABLES = 1 << 20;

    private final @Nullable BundleCipher cipher;
    private final BundleCodec codec;
    private final Map<AgentId, Map<String, String>> loaded = new ConcurrentHashMap<>();

    /** @param cipher null when this server has no key for bundles */
    public CredentialFiles(@Nullable BundleCipher cipher, BundleCodec codec) {
        this.cipher = cipher;
        this.codec = codec;
    }

    /** What was written, and what was not because its path leads out of the home. */
    public record Written(List<String> files, List<String> skipped) {}

    /** The key of bundles in hex; empty when this server has none. */
    public Optional<String> key() {
        return Optional.ofNullable(cipher).map(BundleCipher::key);
    }

    /** Brings a computer that has just started its bundle, if it has one, and its variables. */
    public Injection injectAtStart(AgentId agent, Computer computer) {
        Injection injection = atStart(agent, computer);
        if (!(injection instanceof Injection.Success)) {
            load(agent, computer);
        }
        return injection;
    }

    private Injection atStart(AgentId agent, Computer computer) {
        if (cipher == null) {
            return new Injection.Skipped("encryption_not_configured");
        }
        try {
            byte[] bundle = read(computer.workspace(), BUNDLE, LARGEST_BUNDLE);
            return bundle == null
                    ? new Injection.Skipped("no_credentials_enc_file")
                    : new Injection.Success(
                            inject(agent, computer, opened(bundle)).files());
        } catch (BadBundle e) {
            return new Injection.Failed(unusable(e));
        } catch (Refused e) {
            return new Injection.Failed(
                    e.problem() instanceof Problem.Unacceptable bad
                            ? bad.sentence()
                            : e.problem().toString());
        }
    }

    /** The values of the variables that its commands were given last: not for logs, events or eyes. */
    public Map<String, String> secretsOf(AgentId agent) {
        return loaded.getOrDefault(agent, Map.of());
    }

    /** For an agent that is gone. */
    public void forget(AgentId agent) {
        loaded.remove(agent);
    }

    /** Writes files, for nobody but the agent to read, and loads the variables if they are among them. */
    public Written inject(AgentId agent, Computer computer, List<CredentialFile> files) {
        Workspace workspace = computer.workspace();
        List<CredentialFile> ready = new ArrayList<>();
        for (CredentialFile file : files) {
            ready.add(isAt(file, SERVERS) ? withPlatformServer(file, workspace) : file);
        }
        List<String> written = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (CredentialFile file : ready) {
            try {
                workspace.writePrivate(file.path(), file.bytes());
                written.add(file.path());
            } catch (Workspace.PathRefused e) {
                skipped.add(file.path());
            } catch (IOException e) {
                throw unacceptable("'" + file.path() + "' could not be written: " + e.getMessage());
            }
        }
        load(agent, computer);
        return new Written(written, skipped);
    }

    private CredentialFile withPlatformServer(CredentialFile file, Workspace workspace) {
        try {
            byte[] old = read(workspace, SERVERS, MOST_BYTES);
            return new CredentialFile(file.path(), codec.withPlatformServer(file.bytes(), old));
        } catch (BadBundle e) {
            throw unacceptable(SERVERS + " cannot be used: " + e.getMessage());
        }
    }

    /** Puts the variables and the servers of an agent in a bundle beside them; how many files those were. */
    public int export(Computer computer) {
        BundleCipher with = cipher();
        Workspace workspace = computer.workspace();
        SequencedMap<String, String> files = new LinkedHashMap<>();
        for (String path : List.of(VARIABLES, SERVERS)) {
            byte[] bytes = read(workspace, path, MOST_BYTES);
            if (bytes != null) {
                files.put(path, text(path, bytes));
            }
        }
        if (files.isEmpty()) {
            throw unacceptable("No credential files to export: there is neither .env nor .mcp.json");
        }
        try {
            workspace.writePrivate(BUNDLE, codec.write(with.encrypt(codec.writeFiles(files))));
        } catch (IOException | Workspace.PathRefused e) {
            throw unacceptable("'" + BUNDLE + "' could not be written: " + e.getMessage());
        }
        return files.size();
    }

    /** Writes what the agent's bundle holds. */
    public Written unpack(AgentId agent, Computer computer) {
        cipher();
        byte[] bundle = read(computer.workspace(), BUNDLE, LARGEST_BUNDLE);
        if (bundle == null) {
            throw unacceptable("No " + BUNDLE + " found in the agent's workspace");
        }
        try {
            return inject(agent, computer, opened(bundle));
        } catch (BadBundle e) {
            throw unacceptable(unusable(e));
        }
    }

    private List<CredentialFile> opened(byte[] bundle) throws BadBundle {
        SequencedMap<String, String> texts = codec.readFiles(cipher().decrypt(codec.read(bundle)));
        if (texts.isEmpty()) {
            throw new BadBundle("it is empty");
        }
        List<CredentialFile> files = new ArrayList<>();
        texts.forEach((path, text) -> files.add(new CredentialFile(path, text.getBytes(StandardCharsets.UTF_8))));
        return files;
    }

    /** Later commands of the computer see the variables of the file as it is now, and no others of it. */
    private void load(AgentId agent, Computer computer) {
        Map<String, String> variables = variables(computer.workspace());
        computer.environment(variables);
        loaded.put(agent, variables);
    }

    /** Those that a command can be given: with too many of them none would start. */
    private static Map<String, String> variables(Workspace workspace) {
        Map<String, String> variables = new HashMap<>();
        try {
            byte[] file = workspace.read(VARIABLES, LONGEST_VARIABLES).bytes();
            int room = LONGEST_VARIABLES;
            for (var each :
                    DotEnv.read(new String(file, StandardCharsets.UTF_8)).entrySet()) {
                int size = each.getKey().length() + 3 * each.getValue().length();
                if (size <= Math.min(room, LONGEST_VARIABLE)) {
                    variables.put(each.getKey(), each.getValue());
                    room -= size;
                }
            }
        } catch (IOException | Workspace.PathRefused e) {
            // No file, no variables.
        }
        return Map.copyOf(variables);
    }

    /** How many variables the file of a home holds. */
    static int count(Workspace workspace) {
        try {
            byte[] file = workspace.read(VARIABLES, LONGEST_VARIABLES).bytes();
            return DotEnv.read(new String(file, StandardCharsets.UTF_8)).size();
        } catch (IOException | Workspace.PathRefused e) {
            return 0;
        }
    }

    /** Null when there is none, or nothing that can be read there. */
    private static byte @Nullable [] read(Workspace workspace, String path, int limit) {
        try {
            Workspace.Content content = workspace.read(path, limit);
            if (content.size() > limit) {
                throw unacceptable("'" + path + "' has " + content.size() + " bytes, at most " + limit + " are read");
            }
            return content.bytes();
        } catch (IOException | Workspace.PathRefused e) {
            return null;
        }
    }

    private BundleCipher cipher() {
        if (cipher == null) {
            throw unacceptable("This server has no CREDENTIAL_ENCRYPTION_KEY; set it to 64 hex characters"
                    + " (openssl rand -hex 32) and start the server again");
        }
        return cipher;
    }

    private static String text(String path, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unacceptable("'" + path + "' is not UTF-8 text, which is all that a bundle holds");
        }
    }

    private static boolean isAt(CredentialFile file, String name) {
        return HomePath.plain(file.path().replaceFirst("^/home/developer/", ""))
                .filter(name::equals)
                .isPresent();
    }

    private static String unusable(BadBundle e) {
        return BUNDLE + " cannot be used: " + e.getMessage();
    }

    private static Refused unacceptable(String sentence) {
        return new Refused(new Problem.Unacceptable(sentence));
    }
}
