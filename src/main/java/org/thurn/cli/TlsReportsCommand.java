package org.thurn.cli;

import org.thurn.admin.ControlClient;
import picocli.CommandLine.Command;

@Command(
    name = "tls",
    description = "See TLS reports: how TLS to our hosts goes, as others see it, and to theirs.",
    subcommands = {TlsReportsCommand.Received.class, TlsReportsCommand.Outgoing.class})
final class TlsReportsCommand {
  @Command(
      name = "received",
      description = {
        "Show how TLS to our hosts went, as others report it, and what there is to do.",
        "Reports are sent to the address that the domain's record _smtp._tls names."
      })
  static final class Received extends ReportsCommand.OfDays {
    @Override
    public Integer call() throws Exception {
      return showDays("tls-reports-received");
    }
  }

  @Command(
      name = "outgoing",
      description = "Show what is counted for reports to others, what waits and what was sent.")
  static final class Outgoing extends ReportsCommand.OfDomain {
    @Override
    public Integer call() throws Exception {
      return show("tls-reports-outgoing", ControlClient.arguments());
    }
  }
}
