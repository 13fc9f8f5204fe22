package org.thurn.access.pop3;

import java.nio.charset.StandardCharsets;
import org.thurn.access.pop3.Pop3Parser.Pop3SyntaxException;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;

/** One command line of a POP3 client. */
public final class FuzzedPop3Commands implements FuzzTarget {
  @Override
  public void take(byte[] octets) {
    String line = new String(octets, StandardCharsets.UTF_8);
    try {
      Pop3Command command = Pop3Parser.parse(line);
      Promise.same(command.getClass(), Pop3Parser.parse(line + " ").getClass(), "with a space");
    } catch (Pop3SyntaxException e) {
      String said = String.valueOf(e.getMessage());
      Promise.holds(said.matches("[ -~]{1,100}"), () -> "no text for a reply: " + said);
    }
  }
}
