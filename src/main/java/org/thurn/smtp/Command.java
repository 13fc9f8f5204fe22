package org.thurn.smtp;

import java.util.Optional;
import org.thurn.name.ForwardPath;
import org.thurn.name.ReversePath;

/** A command as a server understands it: RFC 5321 §4.1.1 and its extensions, and LMTP's LHLO. */
public sealed interface Command {
  record Helo(String argument) implements Command {}

  record Ehlo(String argument) implements Command {}

  /** RFC 2033 §4.1. */
  record Lhlo(String argument) implements Command {}

  /** RFC 5321 §4.1.1.2. */
  record Mail(ReversePath sender, MailParameters parameters) implements Command {}

  /**
   * RFC 5321 §4.1.1.3.
   *
   * @param ascii whether the path was written without UTF-8: the other needs SMTPUTF8 (RFC 6531)
   */
  record Rcpt(ForwardPath recipient, RcptParameters parameters, boolean ascii) implements Command {}

  record Data() implements Command {}

  /** RFC 3030 §2: so many octets follow the command, whatever it is answered. */
  record Bdat(long octets, boolean last) implements Command {}

  record Rset() implements Command {}

  record Noop() implements Command {}

  record Vrfy(String argument) implements Command {}

  record Expn(String argument) implements Command {}

  record Help() implements Command {}

  record Quit() implements Command {}

  /** RFC 3207 §4. */
  record StartTls() implements Command {}

  /**
   * RFC 4954 §4.
   *
   * @param initialResponse in base64; {@code =} stands for an empty one
   */
  record Auth(String mechanism, Optional<String> initialResponse) implements Command {}

  /** Not a command, or one with wrong arguments: what to answer. */
  record Wrong(Reply reply) implements Command {}
}
