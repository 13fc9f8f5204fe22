package org.thurn.cli;

import org.thurn.admin.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "certificates",
    description = "See and renew the certificates that an authority issues to this server.",
    subcommands = {CertificatesCommand.List.class, CertificatesCommand.Renew.class})
final class CertificatesCommand {
  @Command(
      name = "list",
      description = {
        "List them with their keys, and what is to be in the DNS for DANE.",
        "The DNS is asked now whether it has that."
      })
  static final class List extends RemoteCommand {
    @Override
    public Integer call() throws Exception {
      return ask("certificates-list");
    }
  }

  @Command(name = "renew", description = "Have one issued anew now, whatever failed before.")
  static final class Renew extends RemoteCommand {
    @Parameters(paramLabel = "NAME", description = "such as mx.example.org")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      return ask("certificates-renew", ControlClient.arguments().put("name", name));
    }
  }
}
