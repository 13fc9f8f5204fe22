package org.thurn.cli;

import java.util.ArrayList;
import org.thurn.admin.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "alias",
    description = "Make and list aliases; '*@example.org' is the catch-all.",
    subcommands = {AliasCommand.Add.class, AliasCommand.Remove.class, AliasCommand.List.class})
final class AliasCommand {
  @Command(name = "add", description = "Lead an address to one or several others.")
  static final class Add extends DirectoryCommand {
    @Parameters(index = "0", paramLabel = "ALIAS", description = "such as info@example.org")
    private String alias = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "TARGET", description = "addresses")
    private java.util.List<String> targets = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
      ObjectNode arguments = ControlClient.arguments().put("alias", alias);
      targets.forEach(arguments.putArray("targets")::add);
      return change("alias-add", arguments);
    }
  }

  @Command(name = "remove", description = "Remove an alias.")
  static final class Remove extends DirectoryCommand {
    @Parameters(paramLabel = "ALIAS", description = "such as info@example.org")
    private String alias = "";

    @Override
    public Integer call() throws Exception {
      return change("alias-remove", ControlClient.arguments().put("alias", alias));
    }
  }

  @Command(name = "list", description = "List the aliases.")
  static final class List extends DirectoryCommand {
    @Override
    public Integer call() throws Exception {
      return change("alias-list", ControlClient.arguments());
    }
  }
}
