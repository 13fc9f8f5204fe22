package org.thurn.cli;

import org.thurn.admin.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The commands on the keys of a running server. */
final class DkimKeysCommand {
  private DkimKeysCommand() {}

  @Command(
      name = "keys",
      description = {
        "List the keys that sign, those before and those after them, with what comes next.",
        "With a domain the DNS is asked for its keys now."
      })
  static final class List extends RemoteCommand {
    @Parameters(arity = "0..1", paramLabel = "DOMAIN", description = "else every domain")
    private String domain = "";

    @Override
    public Integer call() throws Exception {
      return ask("dkim-keys", ControlClient.arguments().put("domain", domain));
    }
  }

  /** A command on one domain. */
  abstract static class OnDomain extends RemoteCommand {
    @Parameters(paramLabel = "DOMAIN", description = "such as example.org")
    private String domain = "";

    abstract String command();

    @Override
    public Integer call() throws Exception {
      return ask(command(), ControlClient.arguments().put("domain", domain));
    }
  }

  @Command(
      name = "rotate",
      description = "Replace the keys of a domain: new ones are made now, and sign when known.")
  static final class Rotate extends OnDomain {
    @Override
    String command() {
      return "dkim-rotate";
    }
  }

  @Command(
      name = "publish",
      description = "Print what the DNS is to have for a domain, as lines of a zone file.")
  static final class Publish extends OnDomain {
    @Override
    String command() {
      return "dkim-publish";
    }
  }
}
