package org.thurn.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.thurn.admin.Answer;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Outcome;
import org.thurn.server.StoppedStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "store",
    description = "Check and copy what a server keeps.",
    subcommands = {StoreCommand.Verify.class, StoreCommand.Backup.class})
final class StoreCommand {

  /** A long command on a running server or a stopped one. */
  abstract static class Lasting extends RemoteCommand {
    /** Where no server runs. */
    interface Stopped {
      Outcome run(StoppedStore store, ObjectNode arguments, Answer to) throws IOException;
    }

    final int run(String command, ObjectNode own, Stopped stopped)
        throws CommandFailure, IOException {
      mustExist();
      boolean terminal =
          Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
      ObjectNode arguments = own.put("json", json()).put("progress", terminal);
      ControlClient server = new ControlClient(state());
      ProgressLine progress = new ProgressLine(err());
      Answer answer = progress.over(printer());
      Outcome outcome;
      try {
        outcome =
            server.running()
                ? server.call(command, arguments, new byte[0], answer)
                : stopped.run(new StoppedStore(state()), arguments, answer);
      } finally {
        progress.clear();
      }
      return finish(outcome);
    }
  }

  @Command(
      name = "verify",
      description = {
        "Check that every row, body, holder and counter of the store agrees with the others.",
        "Of a running server or a stopped one; nothing is changed."
      })
  static final class Verify extends Lasting {
    @Option(
        names = "--quick",
        description = "do not read the messages themselves to compare their SHA-256")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
      return run(
          "store-verify", ControlClient.arguments().put("quick", quick), StoppedStore::verify);
    }
  }

  @Command(
      name = "backup",
      description = {
        "Copy the state directory of a running server or a stopped one, at one moment.",
        "To restore it, run a server whose state is the copy."
      })
  static final class Backup extends Lasting {
    @Parameters(paramLabel = "DIR", description = "is made; or is there, and empty")
    private Path target = Path.of("");

    @Override
    public Integer call() throws Exception {
      String to = target.toAbsolutePath().normalize().toString();
      return run("store-backup", ControlClient.arguments().put("to", to), StoppedStore::backup);
    }
  }
}
