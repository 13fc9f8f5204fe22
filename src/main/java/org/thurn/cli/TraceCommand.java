package org.thurn.cli;

import org.thurn.admin.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "trace",
    description = {
      "Show everything that happened to a message, and why.",
      "With an address: the messages it sent and received."
    })
final class TraceCommand extends RemoteCommand {
  @Parameters(paramLabel = "MESSAGE-ID|QUEUE-ID|ADDRESS", description = "what to look for")
  private String key = "";

  @Override
  public Integer call() throws Exception {
    return ask("trace", ControlClient.arguments().put("key", key));
  }
}
