package org.thurn.cli;

import java.io.IOException;
import org.thurn.admin.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "reports",
    description = "See reports of DMARC and TLS: what others say of our domains, and we of theirs.",
    subcommands = {
      ReportsCommand.Received.class,
      ReportsCommand.Outgoing.class,
      TlsReportsCommand.class
    })
final class ReportsCommand {

  /** A command on all domains or one. */
  abstract static class OfDomain extends RemoteCommand {
    @Parameters(arity = "0..1", paramLabel = "DOMAIN", description = "of this domain alone")
    private String domain = "";

    final int show(String command, ObjectNode arguments) throws CommandFailure, IOException {
      return ask(command, arguments.put("domain", domain));
    }
  }

  /** A command on the last days. */
  abstract static class OfDays extends OfDomain {
    @Option(
        names = "--days",
        paramLabel = "N",
        defaultValue = "30",
        description = "of the last days, 90 at most (default: ${DEFAULT-VALUE})")
    private int days = 30;

    final int showDays(String command) throws CommandFailure, IOException {
      return show(command, ControlClient.arguments().put("days", days));
    }
  }

  @Command(
      name = "received",
      description = {
        "Show who sends as our domains, as others report it, and what there is to do.",
        "Reports are sent to the address that the domain's DMARC record names."
      })
  static final class Received extends OfDays {
    @Override
    public Integer call() throws Exception {
      return showDays("reports-received");
    }
  }

  @Command(
      name = "outgoing",
      description = "Show what is counted for reports to others, and what was sent.")
  static final class Outgoing extends OfDomain {
    @Override
    public Integer call() throws Exception {
      return show("reports-outgoing", ControlClient.arguments());
    }
  }
}
