package dev.drover.cli;

import dev.drover.cli.bench.Laboratory;
import dev.drover.core.StartFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        CommandLine line = new CommandLine(new Root())
                .addSubcommand(SettingsFlags.command(flags -> new RunCommand(around, embedded, flags)))
                .addSubcommand(SettingsFlags.command(flags -> new ServeCommand(around, embedded, flags)))
                .addSubcommand(new AgentsCommand(around))
                .addSubcommand(new LogsCommand(around))
                .addSubcommand(new WhyCommand(around))
                .addSubcommand(new StopCommand(around))
                .addSubcommand(new ReplayCommand(around))
                .addSubcommand(new KeysCommand(around))
                .addSubcommand(SettingsFlags.command(flags -> new DoctorCommand(around, embedded, flags)))
                .addSubcommand(new CheckCommand(around))
                .addSubcommand(new BackupCommand(around, embedded))
                .addSubcommand(new RestoreCommand(around, embedded))
                .addSubcommand(new BenchCommand(around, laboratory))
                .addSubcommand(new HelpCommand());
        for (CommandLine command : line.getSubcommands().values()) {
            command.getCommandSpec().mixinStandardHelpOptions(true);
        }
        return line.setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        around.outStyle().colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(around.width())
                .setParameterExceptionHandler((problem, given) -> misunderstood(around, problem))
                .setExecutionExceptionHandler((problem, command, given) -> failed(around, problem))
                .execute(words.toArray(String[]::new));
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
