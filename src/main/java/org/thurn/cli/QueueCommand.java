package org.thurn.cli;

import java.util.Locale;
import org.thurn.admin.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "queue",
    description = "See and change the messages that wait.",
    subcommands = {QueueCommand.List.class})
final class QueueCommand {
  /** What can be done to one message. */
  enum Action {
    HOLD,
    RELEASE,
    RETRY,
    DROP
  }

  @Command(name = "list", description = "List the messages that are not settled, oldest first.")
  static final class List extends RemoteCommand {
    @Override
    public Integer call() throws Exception {
      return ask("queue-list");
    }
  }

  @Command(name = "hold", description = "Make no further attempts until released.")
  Integer hold(@picocli.CommandLine.Mixin Change change) throws Exception {
    return change.to(Action.HOLD);
  }

  @Command(name = "release", description = "Let a held message go on.")
  Integer release(@picocli.CommandLine.Mixin Change change) throws Exception {
    return change.to(Action.RELEASE);
  }

  @Command(name = "retry", description = "Try every waiting recipient now.")
  Integer retry(@picocli.CommandLine.Mixin Change change) throws Exception {
    return change.to(Action.RETRY);
  }

  @Command(name = "drop", description = "Throw the message away; nobody is told.")
  Integer drop(@picocli.CommandLine.Mixin Change change) throws Exception {
    return change.to(Action.DROP);
  }

  /** The message to change. */
  static final class Change extends RemoteCommand {
    @Parameters(paramLabel = "QUEUE-ID", description = "as 'thurn queue list' prints it")
    private String id = "";

    int to(Action action) throws Exception {
      String name = action.name().toLowerCase(Locale.ROOT);
      return ask("queue-change", ControlClient.arguments().put("id", id).put("action", name));
    }

    @Override
    public Integer call() {
      throw new IllegalStateException("a mixin is not called");
    }
  }
}
