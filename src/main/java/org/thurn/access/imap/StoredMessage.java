package org.thurn.access.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Content;
import org.thurn.mailbox.Email;
import org.thurn.mailbox.MessageRow;
import org.thurn.message.Extent;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.message.OctetSource;

/** A message that a command looks into; what it needs is fetched when it needs it, once. */
final class StoredMessage {
  /** The message was removed while the command ran. */
  static final class GoneException extends IOException {
    private static final long serialVersionUID = 1L;

    GoneException() {
      super("the message was removed");
    }
  }

  private final AccountMail mail;
  private final MessageRow row;
  private final @Nullable Email email;
  private @Nullable Content content;
  private @Nullable MessageSummary summary;
  private @Nullable Headers headers;

  /** The message of {@code row}; {@code email} is empty if it is gone. */
  StoredMessage(AccountMail mail, MessageRow row, Optional<Email> email) {
    this.mail = mail;
    this.row = row;
    this.email = email.orElse(null);
  }

  MessageRow row() {
    return row;
  }

  private Email email() throws GoneException {
    if (email == null) {
      throw new GoneException();
    }
    return email;
  }

  /** Whether it can still be read: its summary and, if wanted, its octets. */
  boolean isThere(boolean octets) throws IOException {
    try {
      summary();
      if (octets) {
        content();
      }
      return true;
    } catch (GoneException e) {
      // removed by another session: it is left out
      return false;
    }
  }

  Content content() throws GoneException {
    Content known = content;
    if (known == null) {
      known = mail.content(email()).orElseThrow(GoneException::new);
      content = known;
    }
    return known;
  }

  OctetSource octets() throws GoneException {
    Content found = content();
    return found::open;
  }

  /** The summary that is kept, or a fresh one, which is then kept. */
  MessageSummary summary() throws IOException {
    MessageSummary known = summary;
    if (known == null) {
      Optional<MessageSummary> kept = MessageSummary.decode(email().summary());
      known = kept.isPresent() ? kept.get() : parse();
      summary = known;
    }
    return known;
  }

  private MessageSummary parse() throws IOException {
    try (InputStream in = content().open()) {
      MessageSummary parsed = MessageSummary.parse(in);
      byte[] encoded = parsed.encode();
      if (encoded.length <= Email.MAX_SUMMARY) {
        mail.summarize(row.email(), encoded);
      }
      return parsed;
    }
  }

  Headers headers() throws IOException {
    Headers known = headers;
    if (known == null) {
      known = headers(summary().root().header());
      headers = known;
    }
    return known;
  }

  /** The header that lies there. */
  Headers headers(Extent extent) throws IOException {
    try (InputStream in = octets().open(extent)) {
      return Headers.parse(in.readAllBytes(), MessageLimits.DEFAULT);
    }
  }
}
