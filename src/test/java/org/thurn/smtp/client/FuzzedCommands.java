package org.thurn.smtp.client;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.name.ForwardPath;
import org.thurn.name.Mailbox;
import org.thurn.smtp.Command;
import org.thurn.smtp.CommandParser;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;

/** One command line of a client: the parser never throws, and reads what we write as it was. */
public final class FuzzedCommands implements FuzzTarget {
  private static final Mailbox SOMEBODY = Mailbox.of("somebody@example.org");
  private static final Commands WRITER =
      new Commands(
          new Extensions(
              EnumSet.allOf(Extension.class),
              OptionalLong.empty(),
              List.of(),
              OptionalInt.empty(),
              OptionalInt.empty()));

  @Override
  public void take(byte[] octets) {
    switch (CommandParser.parse(octets)) {
      case Command.Mail mail -> again(mail, written(mail));
      case Command.Rcpt(ForwardPath.Of(Mailbox address), RcptParameters parameters, boolean _) ->
          rcpt(address, parameters);
      case Command.Wrong(var reply) ->
          reply.lines().forEach(line -> Promise.holds(line.length() < 490, () -> "long: " + line));
      case Command _ -> {}
    }
  }

  private static String written(Command.Mail mail) {
    return WRITER.mail(
        new Transaction(
            mail.sender(),
            mail.parameters(),
            List.of(new Transaction.Addressee(SOMEBODY, RcptParameters.NONE)),
            out -> {}));
  }

  private static void rcpt(Mailbox address, RcptParameters parameters) {
    String line = WRITER.rcpt(new Transaction.Addressee(address, parameters));
    Command again = CommandParser.parse(line.getBytes(StandardCharsets.UTF_8));
    Promise.holds(again instanceof Command.Rcpt, () -> line + " is read as " + again);
    Command.Rcpt rcpt = (Command.Rcpt) again;
    Promise.same(new ForwardPath.Of(address), rcpt.recipient(), line);
    Promise.same(parameters.notifyOn(), rcpt.parameters().notifyOn(), line);
  }

  /** ENVID and AUTH are left out where they would be too long. */
  private static void again(Command.Mail mail, String line) {
    Command again = CommandParser.parse(line.getBytes(StandardCharsets.UTF_8));
    if (!(again instanceof Command.Mail(var sender, MailParameters read))) {
      throw new AssertionError(line + " is read as " + again);
    }
    MailParameters given = mail.parameters();
    MailParameters wanted =
        new MailParameters(
            given.size(),
            given.body(),
            given.smtpUtf8(),
            given.requireTls(),
            given.ret(),
            read.envid().isEmpty() ? Optional.empty() : given.envid(),
            read.auth().isEmpty() ? Optional.empty() : given.auth());
    Promise.same(new Command.Mail(mail.sender(), wanted), new Command.Mail(sender, read), line);
  }
}
