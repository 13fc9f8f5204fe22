package org.thurn.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.thurn.name.Domain;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

/**
 * Writes the messages that we send: CRLF, header lines of 78 octets where possible, no line over
 * 998, 7bit unless an address or a returned message is not. Date and Message-ID are added if no
 * field gives them.
 */
public final class MessageBuilder {
  private final Time time;
  private final Domain host;
  private final Supplier<String> unique;
  private final List<HeaderField> fields = new ArrayList<>();
  private Content content = Content.text("");
  private boolean utf8;

  /**
   * A builder of one message.
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
    SecureRandom random = new SecureRandom();
    return () -> {
      byte[] bits = new byte[16];
      random.nextBytes(bits);
      return HexFormat.of().formatHex(bits);
    };
  }

  public MessageBuilder from(Address.Single... from) {
    return addresses("From", List.of(from));
  }

  public MessageBuilder from(Mailbox from) {
    return from(Address.Single.of("", from));
  }

  public MessageBuilder to(Address... to) {
    return addresses("To", List.of(to));
  }

  public MessageBuilder to(Mailbox to) {
    return to(Address.Single.of("", to));
  }

  /** Any address field, such as Cc or Reply-To. */
  public MessageBuilder addresses(String name, List<? extends Address> addresses) {
    List<String> texts = new ArrayList<>();
    for (Address address : addresses) {
      texts.add(text(address));
    }
    return field(HeaderField.of(name, String.join(", ", texts)));
  }

  private String text(Address address) {
    return switch (address) {
      case Address.Single single -> text(single);
      case Address.Group group -> {
        List<String> members = new ArrayList<>();
        for (Address.Single member : group.members()) {
          members.add(text(member));
        }
        String name = EncodedWords.phrase(group.displayName());
        yield name + ":" + (members.isEmpty() ? "" : " ") + String.join(", ", members) + ";";
      }
    };
  }

  private String text(Address.Single single) {
    String spec = new LocalPart(single.local()) + "@" + single.domain();
    String name = single.displayName();
    return name.isEmpty() ? spec : EncodedWords.phrase(name) + " <" + spec + ">";
  }

  public MessageBuilder subject(String subject) {
    return text("Subject", subject);
  }

  /** An unstructured field; other than ASCII becomes encoded words. */
  public MessageBuilder text(String name, String value) {
    return field(HeaderField.of(name, EncodedWords.unstructured(value)));
  }

  /** A field as it is. */
  public MessageBuilder field(HeaderField field) {
    fields.add(field);
    for (byte b : field.toByteArray()) {
      utf8 |= b < 0;
    }
    return this;
  }

  public MessageBuilder content(Content content) {
    this.content = content;
    return this;
  }

  /** Whether the message needs SMTPUTF8: a header field of it is not ASCII (RFC 6531 §3.6). */
  public boolean needsSmtpUtf8() {
    return utf8;
  }

  /** The message. */
  public byte[] build() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return out.toByteArray();
  }

  /** Writes the message. */
  public void writeTo(OutputStream out) throws IOException {
    List<HeaderField> header = new ArrayList<>(fields);
    if (!has("Date")) {
      String now = DateTime.format(time.now().atOffset(ZoneOffset.UTC));
      header.addFirst(HeaderField.of("Date", now));
    }
    if (!has("Message-ID")) {
      header.add(HeaderField.of("Message-ID", "<" + unique.get() + "@" + host.ascii() + ">"));
    }
    if (!has("MIME-Version")) {
      header.add(HeaderField.of("MIME-Version", "1.0"));
    }
    for (HeaderField field : header) {
      field.writeTo(out);
    }
    new ContentWriter(out, unique).write(content);
  }

  private boolean has(String name) {
    return fields.stream().anyMatch(field -> field.hasName(name));
  }
}
