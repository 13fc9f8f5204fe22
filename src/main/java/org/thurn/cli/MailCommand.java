package org.thurn.cli;

import java.util.ArrayList;
import java.util.List;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "mail",
    description = "Send standard input to somebody, as mail(1) does.",
    subcommands = {MailCommand.Read.class})
final class MailCommand extends RemoteCommand {
  private static final int MAX_BODY = 25 << 20;

  @Option(names = "--as", paramLabel = "ADDRESS", description = "the account that sends")
  private String account = "";

  @Option(names = "-s", paramLabel = "SUBJECT", description = "the subject")
  private String subject = "";

  @Parameters(arity = "0..*", paramLabel = "TO", description = "whom it is for")
  private List<String> recipients = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (account.isEmpty() || recipients.isEmpty()) {
      throw new CommandFailure(Exit.USAGE, "usage: thurn mail --as ADDRESS -s SUBJECT TO...");
    }
    byte[] body = System.in.readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new CommandFailure(Exit.DATA, "standard input holds more than 25 MiB");
    }
    ObjectNode arguments = ControlClient.arguments().put("as", account).put("subject", subject);
    recipients.forEach(arguments.putArray("to")::add);
    return ask("mail-send", arguments, body);
  }

  @Command(
      name = "read",
      description = "Print a mailbox, or one message of it; exits 1 where there is none.")
  static final class Read extends RemoteCommand {
    @Option(names = "--as", required = true, paramLabel = "ADDRESS", description = "whose mail")
    private String account = "";

    @Option(names = "--headers", description = "print every header field")
    private boolean headers;

    @Parameters(
        index = "0",
        arity = "0..1",
        defaultValue = "INBOX",
        paramLabel = "MAILBOX",
        description = "its name (default: ${DEFAULT-VALUE})")
    private String mailbox = "INBOX";

    @Parameters(
        index = "1",
        arity = "0..1",
        defaultValue = "0",
        hideParamSyntax = true,
        paramLabel = "[UID]",
        description = "one message of it")
    private long uid;

    @Override
    public Integer call() throws Exception {
      return ask(
          "mail-read",
          ControlClient.arguments()
              .put("as", account)
              .put("mailbox", mailbox)
              .put("uid", uid)
              .put("headers", headers));
    }
  }
}
