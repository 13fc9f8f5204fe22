package org.thurn.transfer.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurn.message.DataClass;
import org.thurn.message.Defect;
import org.thurn.message.Downgrade;
import org.thurn.message.LineEndings;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimeTree;
import org.thurn.message.Traits;
import org.thurn.queue.Envelope;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.client.Extension;
import org.thurn.smtp.client.Extensions;
import org.thurn.smtp.client.Transaction.Content;
import org.thurn.store.Body;
import org.thurn.tls.policy.Wish;

/**
 * A message and the forms in which it can go. What its client declared is taken as the least that
 * it needs; what its octets are decides.
 */
final class OutgoingMessage {
  private final Envelope envelope;
  private final Body body;
  private final Traits traits;
  private Optional<MimeTree> tree = Optional.empty();

  private OutgoingMessage(Envelope envelope, Body body, Traits traits) {
    this.envelope = envelope;
    this.body = body;
    this.traits = traits;
  }

  /** Reads the body once. */
  static OutgoingMessage of(Envelope envelope, Body body) throws IOException {
    try (InputStream in = body.open()) {
      return new OutgoingMessage(envelope, body, LineEndings.examine(in));
    }
  }

  /** Whether and how it can go to a server. */
  sealed interface Form {
    record Sendable(MailParameters parameters, Content content) implements Form {}

    record Unsendable(EnhancedStatus status, String reason) implements Form {}
  }

  /**
   * Its form for a server that offers these extensions.
   *
   * @param utf8Address whether the sender or a recipient of this transaction is not ASCII
   */
  Form form(Extensions extensions, boolean utf8Address) throws IOException {
    boolean utf8 = utf8Address || envelope.smtpUtf8();
    if (utf8 && !extensions.offers(Extension.SMTP_UTF8)) {
      if (utf8Address || hasUtf8Header()) {
        // RFC 6531 §3.5: there is no downgrading on the way
        return unsendable("5.6.7", "the next server lacks SMTPUTF8, which this message needs");
      }
      utf8 = false;
    }
    Form form = inBody(extensions, utf8);
    if (form instanceof Form.Sendable sendable && extensions.maxSize().isPresent()) {
      long most = extensions.maxSize().getAsLong();
      long octets = sendable.parameters().size().orElse(0);
      if (octets > most) {
        return unsendable(
            "5.3.4", "the message has " + octets + " octets, the next server takes " + most);
      }
    }
    return form;
  }

  private Form inBody(Extensions extensions, boolean utf8) throws IOException {
    boolean eightBit = extensions.offers(Extension.EIGHT_BIT_MIME);
    boolean binary =
        envelope.body() == BodyType.BINARY_MIME && traits.dataClass() == DataClass.BINARY;
    if (binary && !extensions.takesBinary()) {
      // RFC 3030 §3: converted, or returned
      return converted(eightBit ? DataClass.EIGHT_BIT : DataClass.SEVEN_BIT, "5.6.1", utf8);
    }
    if (!binary && traits.eightBit() && !eightBit) {
      return converted(DataClass.SEVEN_BIT, "5.6.3", utf8); // RFC 6152 §3
    }
    BodyType type =
        binary
            ? BodyType.BINARY_MIME
            : traits.eightBit() ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT;
    return new Form.Sendable(parameters(body.size(), type, utf8), this::copy);
  }

  private void copy(OutputStream out) throws IOException {
    try (InputStream in = body.open()) {
      in.transferTo(out);
    }
  }

  private Form converted(DataClass target, String status, boolean utf8) throws IOException {
    return switch (Downgrade.plan(tree(), target)) {
      case Downgrade.Unneeded _ ->
          new Form.Sendable(parameters(body.size(), type(target), utf8), this::copy);
      case Downgrade.Possible possible -> {
        Content content = out -> possible.writeTo(body::open, out);
        Counter counter = new Counter();
        content.writeTo(counter);
        yield new Form.Sendable(parameters(counter.octets, type(target), utf8), content);
      }
      case Downgrade.Impossible impossible ->
          unsendable(
              status,
              "the message needs "
                  + (status.equals("5.6.1") ? "BINARYMIME" : "8BITMIME")
                  + ", which the next server lacks, and cannot be converted: "
                  + words(impossible.obstacle()));
    };
  }

  private static BodyType type(DataClass target) {
    return target == DataClass.EIGHT_BIT ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT;
  }

  private static String words(Downgrade.Obstacle obstacle) {
    return switch (obstacle) {
      case SIGNED -> "it is signed";
      case ENCRYPTED -> "it is encrypted";
      case EIGHT_BIT_HEADER -> "its header is not ASCII";
      case OPAQUE -> "its structure is broken";
    };
  }

  private MimeTree tree() throws IOException {
    if (tree.isEmpty()) {
      try (InputStream in = body.open()) {
        tree = Optional.of(MimeParser.parse(in, MessageLimits.DEFAULT));
      }
    }
    return tree.get();
  }

  /** Anywhere, the headers of parts included; what declared SMTPUTF8 needs it only then. */
  private boolean hasUtf8Header() throws IOException {
    return traits.eightBit() && tree().defects().contains(Defect.EIGHT_BIT_HEADER);
  }

  private MailParameters parameters(long size, BodyType type, boolean utf8) {
    // RFC 4954 §5: AUTH= vouches for the sender; nobody has checked this one for the next server
    return new MailParameters(
        OptionalLong.of(size),
        type,
        utf8,
        envelope.wish() == Wish.REQUIRED,
        envelope.ret(),
        envelope.envid(),
        Optional.empty());
  }

  private static Form unsendable(String status, String reason) {
    return new Form.Unsendable(EnhancedStatus.of(status), reason);
  }

  private static final class Counter extends OutputStream {
    private long octets;

    @Override
    public void write(int octet) {
      octets++;
    }

    @Override
    public void write(byte[] some, int offset, int length) {
      octets += length;
    }
  }
}
