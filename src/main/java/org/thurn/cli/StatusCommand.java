package org.thurn.cli;

import picocli.CommandLine.Command;

@Command(name = "status", description = "Say what the server is and where it listens.")
final class StatusCommand extends RemoteCommand {
  @Override
  public Integer call() throws Exception {
    return ask("status");
  }
}
