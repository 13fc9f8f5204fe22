package org.thurn.user;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.thurn.message.Address;
import org.thurn.message.Content;
import org.thurn.message.MessageBuilder;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.queue.Submitter;
import org.thurn.time.Time;

/** Writes and submits a plain text message for an account, as mail(1) does. */
public final class MailWriter {
  private final Time time;
  private final Domain host;
  private final Submitter submitter;

  public MailWriter(Time time, Domain host, Submitter submitter) {
    this.time = time;
    this.host = host;
    this.submitter = submitter;
  }

  /** Octets that are no UTF-8 and so no text to us. */
  public static final class NotTextException extends Exception {
    private static final long serialVersionUID = 1L;

    NotTextException() {
      super("the text is not UTF-8");
    }
  }

  /**
   * Sends {@code text} from the account.
   *
   * @param text UTF-8, its lines ended by LF or CRLF
   */
  public Submitter.Result send(
      Mailbox account, String subject, List<Mailbox> recipients, byte[] text)
      throws IOException, NotTextException {
    MessageBuilder message =
        new MessageBuilder(time, host, MessageBuilder.random())
            .from(account)
            .addresses("To", recipients.stream().map(MailWriter::single).toList())
            .subject(subject)
            .content(new Content.Text("plain", utf8(text)));
    boolean smtpUtf8 = message.needsSmtpUtf8() || !recipients.stream().allMatch(Mailbox::isAscii);
    return submitter.submit(
        new Submitter.Submission(account, ReversePath.of(account), recipients, smtpUtf8),
        new ByteArrayInputStream(message.build()));
  }

  private static Address.Single single(Mailbox mailbox) {
    return new Address.Single("", mailbox.local().toString(), mailbox.host().ascii());
  }

  private static String utf8(byte[] text) throws NotTextException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw new NotTextException();
    }
  }
}
