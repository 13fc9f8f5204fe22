package org.thurn.smtp.server;

import java.util.regex.Pattern;
import org.thurn.net.CrlfReader.Line;
import org.thurn.smtp.Command;

/** Command lines as journeys show them: no secret, no control character. */
final class ShownCommand {
  private static final int MAX = 2_048;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  private boolean secretMayFollow;

  /**
   * What is no command right after AUTH may be a password that a client sent without waiting for
   * its challenge.
   */
  String line(Command command, Line.Text line) {
    boolean secret = secretMayFollow && command instanceof Command.Wrong;
    secretMayFollow = command instanceof Command.Auth || secret;
    return switch (command) {
      case Command.Auth auth ->
          "AUTH " + auth.mechanism() + (auth.initialResponse().isPresent() ? " ***" : "");
      case Command.Wrong _ when secret || isAuth(line) -> "***";
      case Command _ -> printable(line.utf8());
    };
  }

  private static boolean isAuth(Line.Text line) {
    return line.latin1().regionMatches(true, 0, "AUTH", 0, 4);
  }

  private static String printable(String text) {
    String cut = text.length() > MAX ? text.substring(0, MAX) : text;
    return CONTROL.matcher(cut).replaceAll("�");
  }
}
