package org.thurn.cli;

import picocli.CommandLine.Command;

@Command(
    name = "ledger",
    description = "Account for every accepted recipient; exits 1 if one is missing.")
final class LedgerCommand extends RemoteCommand {
  @Override
  public Integer call() throws Exception {
    return ask("ledger");
  }
}
