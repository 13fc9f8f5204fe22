package org.thurn.message;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

/**
 * Writes the messages that we send: CRLF, lines of 78 octets where possible and never over 998,
 * 7bit throughout unless an address is UTF-8. Date and Message-ID are added if no field gives them.
 */
public final class MessageBuilder {
  private final Time time;
  private final Domain host;
  private final Supplier<String> unique;

  /**
   * A builder.
   *
   * @param host right of the Message-ID's at sign
   * @param unique yields tokens of letters and digits that nobody guesses nor meets twice, for
   *     boundaries and Message-IDs; a fixed sequence makes the message deterministic
   */
  public MessageBuilder(Time time, Domain host, Supplier<String> unique) {
    this.time = time;
    this.host = host;
    this.unique = unique;
  }

  /** Tokens of 128 random bits. */
  public static Supplier<String> random() {
    return () -> "";
  }

  public MessageBuilder from(Address.Single... from) {
    return this;
  }

  public MessageBuilder from(Mailbox from) {
    return this;
  }

  public MessageBuilder to(Address... to) {
    return this;
  }

  public MessageBuilder to(Mailbox to) {
    return this;
  }

  /** Any address field, such as Cc or Reply-To. */
  public MessageBuilder addresses(String name, List<? extends Address> addresses) {
    return this;
  }

  public MessageBuilder subject(String subject) {
    return this;
  }

  /** An unstructured field; other than ASCII becomes encoded words. */
  public MessageBuilder text(String name, String value) {
    return this;
  }

  /** A field as it is. */
  public MessageBuilder field(HeaderField field) {
    return this;
  }

  public MessageBuilder content(Content content) {
    return this;
  }

  /** Whether the message needs SMTPUTF8 (an address, or a returned header, is not ASCII). */
  public boolean needsSmtpUtf8() {
    return false;
  }

  /** The message. */
  public byte[] build() {
    return (time.toString() + host + unique).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Writes the message. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(build());
  }
}
