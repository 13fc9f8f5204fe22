package org.thurn.cli;

import java.io.IOException;
import org.thurn.admin.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "queue",
    description = "See and change the messages that wait.",
    subcommands = {
      QueueCommand.List.class,
      QueueCommand.Hold.class,
      QueueCommand.Release.class,
      QueueCommand.Retry.class,
      QueueCommand.Drop.class
    })
final class QueueCommand {

  @Command(name = "list", description = "List the messages that are not settled, oldest first.")
  static final class List extends RemoteCommand {
    @Override
    public Integer call() throws Exception {
      return ask("queue-list");
    }
  }

  /** A command on one message. */
  abstract static class Change extends RemoteCommand {
    @Parameters(paramLabel = "QUEUE-ID", description = "as 'thurn queue list' prints it")
    private String id = "";

    final int change(String action) throws CommandFailure, IOException {
      return ask("queue-change", ControlClient.arguments().put("id", id).put("action", action));
    }
  }

  @Command(name = "hold", description = "Make no further attempts until the message is released.")
  static final class Hold extends Change {
    @Override
    public Integer call() throws Exception {
      return change("hold");
    }
  }

  @Command(name = "release", description = "Let a held message go on.")
  static final class Release extends Change {
    @Override
    public Integer call() throws Exception {
      return change("release");
    }
  }

  @Command(name = "retry", description = "Try every waiting recipient now.")
  static final class Retry extends Change {
    @Override
    public Integer call() throws Exception {
      return change("retry");
    }
  }

  @Command(name = "drop", description = "Throw the message away; nobody is told.")
  static final class Drop extends Change {
    @Override
    public Integer call() throws Exception {
      return change("drop");
    }
  }
}
