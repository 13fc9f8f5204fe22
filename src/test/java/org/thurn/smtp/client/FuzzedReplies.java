package org.thurn.smtp.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.net.CrlfReader;
import org.thurn.smtp.Reply;

/** What a server says: the greeting, the reply to EHLO, then replies to the end. */
public final class FuzzedReplies implements FuzzTarget {
  @Override
  public void take(byte[] octets) {
    CrlfReader in = new CrlfReader(new ByteArrayInputStream(octets), 4096);
    ReplyReader replies = new ReplyReader(in);
    try {
      check(replies.readGreeting());
      Reply ehlo = replies.readGreeting();
      check(ehlo);
      check(Extensions.parse(ehlo));
      for (int i = 0; i < 1_000; i++) {
        check(replies.read());
      }
    } catch (IOException e) {
      // the end, or what is no reply: the connection is given up
      Promise.holds(e.getMessage() != null, () -> "a failure without words: " + e);
    }
  }

  private static void check(Reply reply) {
    Promise.holds(reply.statusOrGeneral().category() > 0, reply::toString);
    for (String line : reply.lines()) {
      boolean clean = line.chars().noneMatch(Character::isISOControl);
      Promise.holds(clean, () -> "a control character in " + reply);
    }
  }

  private static void check(Extensions extensions) {
    Promise.holds(extensions.maxSize().orElse(1) > 0, extensions::toString);
    Promise.holds(extensions.maxRecipients().orElse(1) > 0, extensions::toString);
    Promise.holds(extensions.mechanisms().stream().noneMatch(String::isBlank), () -> "no name");
  }
}
