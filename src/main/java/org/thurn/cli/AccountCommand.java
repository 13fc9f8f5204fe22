package org.thurn.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "account",
    description = "Make, change and list accounts.",
    subcommands = {
      AccountCommand.Add.class,
      AccountCommand.Password.class,
      AccountCommand.Remove.class,
      AccountCommand.Set.class,
      AccountCommand.List.class
    })
final class AccountCommand {
  private static final int MAX_PASSWORD = 4_096;

  /** Standard input up to its first line end. */
  private static String passwordFromInput() throws CommandFailure, IOException {
    byte[] octets = System.in.readNBytes(MAX_PASSWORD);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      String password = text.lines().findFirst().orElse("");
      if (password.isEmpty()) {
        throw new CommandFailure(Exit.DATA, "standard input holds no password");
      }
      return password;
    } catch (CharacterCodingException e) {
      throw new CommandFailure(Exit.DATA, "the password is not UTF-8");
    }
  }

  private static String askForPassword() throws CommandFailure {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> console.readPassword("Password: "))
        .filter(typed -> typed.length > 0)
        .map(String::new)
        .orElseThrow(() -> new CommandFailure(Exit.USAGE, "no password: use --password-stdin"));
  }

  /** An address and where its password comes from. */
  abstract static class WithPassword extends DirectoryCommand {
    @Parameters(paramLabel = "ADDRESS", description = "such as alice@example.org")
    private String address = "";

    @Option(
        names = "--password-stdin",
        description = "read the password from the first line of standard input")
    private boolean fromInput;

    final int change(String command) throws CommandFailure, IOException {
      String password = fromInput ? passwordFromInput() : askForPassword();
      return change(
          command, ControlClient.arguments().put("address", address).put("password", password));
    }
  }

  @Command(name = "add", description = "Make an account, and its domain if it is new.")
  static final class Add extends WithPassword {
    @Override
    public Integer call() throws Exception {
      return change("account-add");
    }
  }

  @Command(name = "password", description = "Set an account's password.")
  static final class Password extends WithPassword {
    @Override
    public Integer call() throws Exception {
      return change("account-password");
    }
  }

  @Command(
      name = "remove",
      description = {
        "Remove an account: nobody can log in, and no more mail is taken for it.",
        "Its mail stays in the store: an account made again at this address finds it."
      })
  static final class Remove extends DirectoryCommand {
    @Parameters(paramLabel = "ADDRESS", description = "such as alice@example.org")
    private String address = "";

    @Override
    public Integer call() throws Exception {
      return change("account-remove", ControlClient.arguments().put("address", address));
    }
  }

  @Command(
      name = "set",
      description = {
        "Change a setting of an account:",
        "quota-octets N|domain (what it may hold; domain: as its domain says),",
        "send-as ADDRESS... (addresses beside its own that it may send as; none takes them back)"
      })
  static final class Set extends DirectoryCommand {
    @Parameters(index = "0", paramLabel = "ADDRESS", description = "such as alice@example.org")
    private String address = "";

    @Parameters(index = "1", paramLabel = "SETTING", description = "its name")
    private String setting = "";

    @Parameters(index = "2..*", paramLabel = "VALUE", description = "its new value")
    private java.util.List<String> values = java.util.List.of();

    @Override
    public Integer call() throws Exception {
      ObjectNode arguments =
          ControlClient.arguments().put("address", address).put("setting", setting);
      values.forEach(arguments.withArray("values")::add);
      return change("account-set", arguments);
    }
  }

  @Command(name = "list", description = "List the accounts.")
  static final class List extends DirectoryCommand {
    @Override
    public Integer call() throws Exception {
      return change("account-list", ControlClient.arguments());
    }
  }
}
