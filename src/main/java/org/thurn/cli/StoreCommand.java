package org.thurn.cli;

import java.io.Console;
import java.util.Optional;
import org.thurn.admin.Answer;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Outcome;
import org.thurn.server.StoppedStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "store",
    description = "Check what a server keeps.",
    subcommands = {StoreCommand.Verify.class})
final class StoreCommand {

  @Command(
      name = "verify",
      description = {
        "Check that every row, body, holder and counter of the store agrees with the others.",
        "Of a running server or a stopped one; nothing is changed."
      })
  static final class Verify extends RemoteCommand {
    @Option(
        names = "--quick",
        description = "do not read the messages themselves to compare their SHA-256")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
      mustExist();
      boolean terminal =
          Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
      ObjectNode arguments =
          ControlClient.arguments()
              .put("json", json())
              .put("quick", quick)
              .put("progress", terminal);
      ControlClient server = new ControlClient(state());
      ProgressLine progress = new ProgressLine(err());
      Answer answer = progress.over(printer());
      Outcome outcome;
      try {
        outcome =
            server.running()
                ? server.call("store-verify", arguments, new byte[0], answer)
                : new StoppedStore(state()).verify(arguments, answer);
      } finally {
        progress.clear();
      }
      return finish(outcome);
    }
  }
}
