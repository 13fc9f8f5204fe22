package org.thurn.cli;

import java.io.IOException;
import org.thurn.admin.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "domain",
    description = "Make, change and list domains.",
    subcommands = {
      DomainCommand.Add.class,
      DomainCommand.Remove.class,
      DomainCommand.List.class,
      DomainCommand.Set.class
    })
final class DomainCommand {
  /** A domain alone. */
  abstract static class Alone extends DirectoryCommand {
    @Parameters(paramLabel = "DOMAIN", description = "such as example.org")
    private String domain = "";

    final int change(String command) throws CommandFailure, IOException {
      return change(command, ControlClient.arguments().put("domain", domain));
    }
  }

  @Command(
      name = "add",
      description = "Take mail for a domain here: for one that has aliases and no accounts.")
  static final class Add extends Alone {
    @Override
    public Integer call() throws Exception {
      return change("domain-add");
    }
  }

  @Command(name = "remove", description = "Remove a domain without accounts, and its aliases.")
  static final class Remove extends Alone {
    @Override
    public Integer call() throws Exception {
      return change("domain-remove");
    }
  }

  @Command(name = "list", description = "List the domains and their settings.")
  static final class List extends DirectoryCommand {
    @Override
    public Integer call() throws Exception {
      return change("domain-list", ControlClient.arguments());
    }
  }

  @Command(
      name = "set",
      description = {
        "Change a setting of a domain:",
        "scram true|false, plus-addressing true|false, quota-octets N|none, admin ADDRESS"
      })
  static final class Set extends DirectoryCommand {
    @Parameters(index = "0", paramLabel = "DOMAIN", description = "such as example.org")
    private String domain = "";

    @Parameters(index = "1", paramLabel = "SETTING", description = "its name")
    private String setting = "";

    @Parameters(index = "2", paramLabel = "VALUE", description = "its new value")
    private String value = "";

    @Override
    public Integer call() throws Exception {
      return change(
          "domain-set",
          ControlClient.arguments()
              .put("domain", domain)
              .put("setting", setting)
              .put("value", value));
    }
  }
}
