package org.thurn.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.thurn.name.ForwardPath;
import org.thurn.name.NameSyntaxException;
import org.thurn.name.PathParser;
import org.thurn.name.ReversePath;
import org.thurn.smtp.Command.Wrong;

/** Reads one command line, without its CRLF. What is wrong becomes the reply that says so. */
public final class CommandParser {
  private static final int MAX_DOMAIN = 255;

  private CommandParser() {}

  /** Never throws: a line that is no command is a {@link Command.Wrong}. */
  public static Command parse(byte[] line) {
    try {
      // RFC 6531 §3.3 allows UTF-8 and nothing else past ASCII
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      return command(text);
    } catch (CharacterCodingException e) {
      return new Wrong(Reply.of(500, "5.5.2", "the command is not UTF-8"));
    } catch (CommandSyntaxException e) {
      return new Wrong(e.reply());
    }
  }

  private static Command command(String line) throws CommandSyntaxException {
    // RFC 5321 §4.1.1: white space before the CRLF is tolerated
    String text = line.stripTrailing();
    int space = text.indexOf(' ');
    String verb = (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
    String argument = space < 0 ? "" : text.substring(space + 1);
    return switch (verb) {
      case "HELO" -> new Command.Helo(domain(argument));
      case "EHLO" -> new Command.Ehlo(domain(argument));
      case "LHLO" -> new Command.Lhlo(domain(argument));
      case "MAIL" -> mail(argument);
      case "RCPT" -> rcpt(argument);
      case "BDAT" -> bdat(argument);
      case "VRFY" -> new Command.Vrfy(needed(argument));
      case "EXPN" -> new Command.Expn(needed(argument));
      case "AUTH" -> auth(argument);
      // RFC 5321 §4.1.1.8 and §4.1.1.9: a string may follow, and means nothing
      case "NOOP" -> new Command.Noop();
      case "HELP" -> new Command.Help();
      case "DATA" -> alone(new Command.Data(), argument);
      case "RSET" -> alone(new Command.Rset(), argument);
      case "QUIT" -> alone(new Command.Quit(), argument);
      case "STARTTLS" -> alone(new Command.StartTls(), argument);
      default -> throw new CommandSyntaxException(500, "5.5.1", "command not recognized");
    };
  }

  private static Command alone(Command command, String argument) throws CommandSyntaxException {
    if (!argument.isEmpty()) {
      throw CommandSyntaxException.argument("no argument is allowed");
    }
    return command;
  }

  private static String needed(String argument) throws CommandSyntaxException {
    if (argument.isBlank()) {
      throw CommandSyntaxException.argument("an argument is needed");
    }
    return argument;
  }

  /**
   * {@code Domain / address-literal}. Real clients call themselves many things: what is one word of
   * printable characters is kept, and judged elsewhere.
   */
  private static String domain(String argument) throws CommandSyntaxException {
    boolean word = argument.chars().allMatch(c -> c > ' ' && c != 0x7f);
    if (argument.isEmpty() || argument.length() > MAX_DOMAIN || !word) {
      throw CommandSyntaxException.argument("a domain or an address literal is needed");
    }
    return argument;
  }

  /** {@code "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF}, RFC 5321 §4.1.1.2. */
  private static Command mail(String argument) throws CommandSyntaxException {
    PathParser path = new PathParser(after("FROM:", argument));
    ReversePath sender;
    try {
      sender = path.reversePath();
    } catch (NameSyntaxException e) {
      throw new CommandSyntaxException(501, "5.1.7", String.valueOf(e.getMessage()));
    }
    MailParameters parameters = Parameters.mail(path.rest());
    if (!parameters.smtpUtf8() && !isAscii(argument)) {
      // RFC 6531 §3.5
      throw new CommandSyntaxException(553, "5.6.7", "a UTF-8 address needs SMTPUTF8");
    }
    return new Command.Mail(sender, parameters);
  }

  /** {@code "RCPT TO:" ( ... / Forward-path ) [SP Rcpt-parameters] CRLF}, RFC 5321 §4.1.1.3. */
  private static Command rcpt(String argument) throws CommandSyntaxException {
    PathParser path = new PathParser(after("TO:", argument));
    ForwardPath recipient;
    try {
      recipient = path.forwardPath();
    } catch (NameSyntaxException e) {
      throw new CommandSyntaxException(501, "5.1.3", String.valueOf(e.getMessage()));
    }
    return new Command.Rcpt(recipient, Parameters.rcpt(path.rest()), isAscii(argument));
  }

  private static String after(String keyword, String argument) throws CommandSyntaxException {
    if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
      throw CommandSyntaxException.argument(keyword + "<address> is needed");
    }
    String path = argument.substring(keyword.length());
    if (!path.startsWith("<")) {
      // RFC 5321 §4.1.1.2: spaces are not permitted beside the colon
      throw CommandSyntaxException.argument(
          "the address stands in angle brackets straight after " + keyword);
    }
    return path;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** {@code "BDAT" SP chunk-size [ SP end-marker ] CRLF}, RFC 3030 §2. */
  private static Command bdat(String argument) throws CommandSyntaxException {
    String[] words = argument.split(" +", -1);
    boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
    if (!words[0].matches("[0-9]{1,20}") || words.length > (last ? 2 : 1)) {
      throw CommandSyntaxException.argument("BDAT takes a size, and LAST for the last chunk");
    }
    long octets = words[0].length() > 18 ? Long.MAX_VALUE : Long.parseLong(words[0]);
    return new Command.Bdat(octets, last);
  }

  /** {@code "AUTH" SP sasl-mech [SP initial-response] CRLF}, RFC 4954 §8. */
  private static Command auth(String argument) throws CommandSyntaxException {
    String[] words = argument.split(" +", -1);
    if (!words[0].matches("[A-Za-z0-9_-]{1,20}") || words.length > 2) {
      throw CommandSyntaxException.argument("AUTH takes a mechanism and an initial response");
    }
    return new Command.Auth(words[0], words.length == 2 ? Optional.of(words[1]) : Optional.empty());
  }
}
