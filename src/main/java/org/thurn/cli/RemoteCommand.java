package org.thurn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thurn.admin.Answer;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A command that a running server carries out: what all of them share. */
abstract class RemoteCommand implements Callable<Integer> {
  private static final String DEFAULT_STATE = "/var/lib/thurn";

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = "${env:THURN_STATE:-" + DEFAULT_STATE + "}",
      description = "the server's state directory (default: ${DEFAULT-VALUE})")
  private Path state = Path.of(DEFAULT_STATE);

  @Option(names = "--json", description = "print JSON, one object a line")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  final Path state() {
    return saying("--state").state;
  }

  final boolean json() {
    return saying("--json").json;
  }

  /** Whose option counts: this command's, or where it has none that of a command before it. */
  private RemoteCommand saying(String option) {
    CommandLine line = spec.commandLine();
    boolean said = line.getParseResult().hasMatchedOption(option);
    return !said
            && line.getParent() != null
            && line.getParent().getCommand() instanceof RemoteCommand above
        ? above.saying(option)
        : this;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Asks the server and prints what it says; the exit code is the server's. */
  final int ask(String command, ObjectNode arguments, byte[] input)
      throws CommandFailure, IOException {
    mustExist();
    return finish(
        new ControlClient(state()).call(
            command, arguments.put("json", json()), input, printer()));
  }

  /** Fails unless there is a state directory. */
  final void mustExist() throws CommandFailure {
    if (!Files.isDirectory(state())) {
      throw new CommandFailure(
          Exit.UNAVAILABLE, state() + " is no state directory: use --state DIR");
    }
  }

  final int ask(String command, ObjectNode arguments) throws CommandFailure, IOException {
    return ask(command, arguments, new byte[0]);
  }

  final int ask(String command) throws CommandFailure, IOException {
    return ask(command, ControlClient.arguments());
  }

  /** Prints an outcome's words, good ones to standard output, others to standard error. */
  final int finish(Outcome outcome) {
    boolean good = outcome.exit() == Exit.OK;
    if (good && json() && !outcome.words().isEmpty()) {
      out().println(ControlClient.arguments().put("done", outcome.words()));
    } else if (!outcome.words().isEmpty()) {
      (good ? out() : err()).println((good ? "" : "thurn: ") + outcome.words());
    }
    return outcome.exit();
  }

  final Answer printer() {
    PrintWriter out = out();
    return new Answer() {
      @Override
      public void item(JsonNode item) {
        out.println(item);
      }

      @Override
      public void text(String text) {
        out.println(text);
      }
    };
  }
}
