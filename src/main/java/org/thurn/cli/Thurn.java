package org.thurn.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.thurn.admin.Exit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The program's command line: the root of all sub-commands and of their exit codes. */
@Command(
    name = "thurn",
    description = {
      "A whole mail system in one process that a person can see into.",
      "Begin with: thurn lab"
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it ran",
      "1:found nothing, or the answer is no",
      "64:the command line is wrong",
      "65:input cannot be read",
      "69:no server answers, or a port is taken",
      "75:temporary failure: try again"
    },
    exitCodeOnInvalidInput = Exit.USAGE,
    exitCodeOnExecutionException = Exit.SOFTWARE)
public final class Thurn {
  /** Kept here because the platform forgets a logger's level when nobody holds the logger. */
  private static final Logger HTTP_SERVER = Logger.getLogger("io.helidon");

  /** In the order of the help text. */
  private static final Map<String, Class<?>> COMMANDS = commands();

  private Thurn() {}

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("lab", LabCommand.class);
    commands.put("serve", ServeCommand.class);
    commands.put("account", AccountCommand.class);
    commands.put("alias", AliasCommand.class);
    commands.put("domain", DomainCommand.class);
    commands.put("mail", MailCommand.class);
    commands.put("trace", TraceCommand.class);
    commands.put("queue", QueueCommand.class);
    commands.put("ledger", LedgerCommand.class);
    commands.put("store", StoreCommand.class);
    commands.put("certificates", CertificatesCommand.class);
    commands.put("check", CheckCommand.class);
    commands.put("tls", TlsCommand.class);
    commands.put("explain", ExplainCommand.class);
    commands.put("reports", ReportsCommand.class);
    commands.put("spf", SpfCommand.class);
    commands.put("dkim", DkimCommand.class);
    commands.put("arc", ArcCommand.class);
    commands.put("status", StatusCommand.class);
    commands.put("reload", ReloadCommand.class);
    commands.put("rehearse", RehearseCommand.class);
    return Collections.unmodifiableMap(commands);
  }

  /** Knows the one command that is asked for, since reading the annotations of all takes time. */
  private static CommandLine lineFor(String... arguments) {
    CommandLine line = new CommandLine(new Thurn());
    Class<?> asked = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    if (asked == null) {
      COMMANDS.values().forEach(line::addSubcommand);
    } else {
      line.addSubcommand(asked);
    }
    return line;
  }

  /** Runs one command line and returns its exit code. */
  public static int run(String... arguments) {
    // JSON and mail are UTF-8 whatever the locale of the shell
    return run(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        arguments);
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    HTTP_SERVER.setLevel(Level.WARNING);
    CommandLine line =
        lineFor(arguments)
            .setOut(out)
            .setErr(err)
            .setExitCodeExceptionMapper(Failures::exitCode)
            .setExecutionExceptionHandler(Failures::explain);
    if (arguments.length == 0) {
      line.usage(err);
      return Exit.USAGE;
    }
    int exit = line.execute(arguments);
    out.flush();
    return exit;
  }
}
