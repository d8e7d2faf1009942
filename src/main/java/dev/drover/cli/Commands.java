package dev.drover.cli;

import dev.drover.cli.bench.Laboratory;
import dev.drover.core.StartFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The whole command line. Exit codes: 0 done, 1 failed, 2 could not start or not understood. */
public final class Commands {
    static final int FAILED = 1;
    static final int NOT_STARTED = 2;

    private Commands() {}

    /** Parses, works and returns the exit code. */
    public static int execute(Surroundings around, Embedded embedded, Laboratory laboratory, List<String> words) {
        CommandLine line = line(commands(around, embedded, laboratory), words);
        return line.setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        around.outStyle().colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(around.width())
                .setParameterExceptionHandler((problem, given) -> misunderstood(around, problem))
                .setExecutionExceptionHandler((problem, command, given) -> failed(around, problem))
                .execute(words.toArray(String[]::new));
    }

    private static Map<String, Supplier<Object>> commands(
            Surroundings around, Embedded embedded, Laboratory laboratory) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", () -> SettingsFlags.command(flags -> new RunCommand(around, embedded, flags)));
        commands.put("serve", () -> SettingsFlags.command(flags -> new ServeCommand(around, embedded, flags)));
        commands.put("agents", () -> new AgentsCommand(around));
        commands.put("logs", () -> new LogsCommand(around));
        commands.put("why", () -> new WhyCommand(around));
        commands.put("stop", () -> new StopCommand(around));
        commands.put("replay", () -> new ReplayCommand(around));
        commands.put("keys", () -> new KeysCommand(around));
        commands.put("doctor", () -> SettingsFlags.command(flags -> new DoctorCommand(around, embedded, flags)));
        commands.put("check", () -> new CheckCommand(around));
        commands.put("backup", () -> new BackupCommand(around, embedded));
        commands.put("restore", () -> new RestoreCommand(around, embedded));
        commands.put("bench", () -> new BenchCommand(around, laboratory));
        // No method reference: the JDK makes no start-up cache with one to a class as old as picocli's.
        commands.put("help", () -> new HelpCommand());
        return commands;
    }

    /** With the one command that is asked for, if it is plain which: to describe all of them delays the start. */
    private static CommandLine line(Map<String, Supplier<Object>> commands, List<String> words) {
        CommandLine line = new CommandLine(new Root());
        String first = words.isEmpty() ? "help" : words.getFirst();
        boolean isPlain = commands.containsKey(first) && !first.equals("help");
        commands.forEach((name, command) -> {
            if (!isPlain || name.equals(first)) {
                line.addSubcommand(name, command.get());
            }
        });
        for (CommandLine command : line.getSubcommands().values()) {
            command.getCommandSpec().mixinStandardHelpOptions(true);
        }
        return line;
    }

    private static int misunderstood(Surroundings around, ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName(" ");
        around.complain(problem.getMessage() + "; see " + command + " --help");
        return NOT_STARTED;
    }

    private static int failed(Surroundings around, Exception problem) {
        if (problem instanceof StartFailure || problem instanceof ClientFailure) {
            around.complain(String.valueOf(problem.getMessage()));
        } else {
            around.complain("something went wrong that should not: " + problem);
            if (around.environment().containsKey("DROVER_VERBOSE")) {
                problem.printStackTrace(around.err());
            }
        }
        return problem instanceof StartFailure ? NOT_STARTED : FAILED;
    }

    @Command(
            name = "drover",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "A server for AI agents: a task, a model, tools and an isolated computer for each.",
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "In a source tree also: drover build, drover test.",
                "Settings are flags or environment variables; drover doctor shows them."
            })
    private static final class Root implements Runnable {
        @CommandLine.Spec
        private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

        @Override
        public void run() {
            if (spec != null) {
                spec.commandLine().usage(spec.commandLine().getOut());
            }
        }
    }

    /** Read from the jar, where the build wrote it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"drover " + (version == null ? "(not packaged)" : version)};
        }
    }
}
