package org.thurn.cli;

import picocli.CommandLine.Command;

@Command(
    name = "reload",
    description = "Read thurn.toml and the certificates again, without a restart.")
final class ReloadCommand extends RemoteCommand {
  @Override
  public Integer call() throws Exception {
    return ask("reload");
  }
}
