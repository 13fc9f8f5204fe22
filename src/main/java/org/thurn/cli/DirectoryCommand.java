package org.thurn.cli;

import java.io.IOException;
import java.nio.file.Files;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.server.Offline;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command that changes the directory: a running server does it, and where none runs, the command
 * itself opens the store, so that accounts can be made before the first start.
 */
abstract class DirectoryCommand extends RemoteCommand {
  /** The first command of a new server; the others can only mean a state that is there. */
  private static final String MAKES_STATE = "account-add";

  final int change(String command, ObjectNode arguments) throws CommandFailure, IOException {
    if (Files.isDirectory(state()) && new ControlClient(state()).running()) {
      return ask(command, arguments);
    }
    if (!Files.isDirectory(state()) && !command.equals(MAKES_STATE)) {
      throw new CommandFailure(
          Exit.UNAVAILABLE, state() + " is no state directory: use --state DIR");
    }
    try (Offline offline = Offline.open(state())) {
      String author = System.getProperty("user.name", "unknown");
      Outcome outcome = offline.handle(author, command, arguments.put("json", json()), printer());
      return finish(outcome);
    }
  }
}
