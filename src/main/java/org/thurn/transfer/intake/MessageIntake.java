package org.thurn.transfer.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.thurn.message.Defect;
import org.thurn.message.DeliveredTo;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageId;
import org.thurn.message.MessageLimits;
import org.thurn.queue.Envelope;
import org.thurn.queue.MailQueue;
import org.thurn.smtp.Verdict;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.Receiver;
import org.thurn.smtp.server.Session;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.StoreException;

/**
 * One message on its way in. The header section is held until its end, judged and given its
 * Received field; the body streams to where it will stay, past an {@link Inspection}. When the
 * message is whole that speaks, and the header is put in front. After a refusal the rest of the
 * message is let fall, and {@link #finish} says why.
 */
final class MessageIntake extends OutputStream implements Receiver.Incoming {
  private static final MessageLimits LIMITS = MessageLimits.DEFAULT;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final int MAX_SUBJECT = 200;
  private static final String TLS_REQUIRED = "TLS-Required";

  private final Transaction transaction;
  private final Session session;
  private final HeaderWork work;
  private final MailQueue queue;
  private final Staging staging;
  private final long maxOctets;
  private final Instant arrived;
  private final HeaderEnd headerEnd = new HeaderEnd();
  private final ByteArrayOutputStream header = new ByteArrayOutputStream();
  private Headers headers = Headers.of(List.of());
  private boolean inHeader = true;
  private long octets;
  private BitSet looping = new BitSet();
  private Inspection inspection = Inspection.NONE;
  private Optional<Verdict> refusal = Optional.empty();

  /** Judges a header and says what to write for it. */
  interface HeaderWork {
    /** What was received, made fit to be sent on; or why the message is refused. */
    sealed interface Result {
      /**
       * It goes on.
       *
       * @param headers to be written
       * @param inspection what wants to see the body
       */
      record Good(Headers headers, Inspection inspection) implements Result {}

      record Refused(Verdict verdict) implements Result {}
    }

    Result on(Headers received);
  }

  /**
   * @param staging where the message goes
   * @param maxOctets of the message as it comes, without what is added
   */
  MessageIntake(
      Transaction transaction,
      Session session,
      HeaderWork work,
      MailQueue queue,
      Staging staging,
      long maxOctets,
      Instant arrived) {
    this.transaction = transaction;
    this.session = session;
    this.work = work;
    this.queue = queue;
    this.staging = staging;
    this.maxOctets = maxOctets;
    this.arrived = arrived;
  }

  @Override
  public OutputStream body() {
    return this;
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] b, int offset, int length) {
    octets += length;
    if (refusal.isPresent()) {
      return;
    }
    if (octets > maxOctets) {
      refuse(Verdict.reject(552, "5.3.4", "Message too big", "more than " + maxOctets + " octets"));
      return;
    }
    try {
      int at = inHeader ? header(b, offset, offset + length) : offset;
      if (refusal.isEmpty()) {
        body(b, at, offset + length - at);
      }
    } catch (IOException | StoreException e) {
      refuse(storeRefusal(e));
    }
  }

  private void body(byte[] b, int offset, int length) throws IOException {
    inspection.take(b, offset, length);
    staging.write(b, offset, length);
  }

  /** Takes octets of the header; the index after those it took. */
  private int header(byte[] b, int from, int to) throws IOException {
    int end = headerEnd.find(b, from, to);
    int taken = end < 0 ? to : end;
    header.write(b, from, taken - from);
    if (header.size() > LIMITS.headerOctets()) {
      refuse(tooLarge("more than " + LIMITS.headerOctets() + " octets of header"));
    } else if (end >= 0) {
      endHeader();
    }
    return taken;
  }

  private static Verdict tooLarge(String reason) {
    return Verdict.reject(552, "5.3.4", "Message header too big", reason);
  }

  /** The header is whole: judge it, and write what becomes of it. */
  private void endHeader() throws IOException {
    inHeader = false;
    byte[] received = header.toByteArray();
    Headers parsed = Headers.parse(received, LIMITS);
    if (parsed.defects().contains(Defect.TOO_MANY_FIELDS)) {
      refuse(tooLarge("more than " + LIMITS.fields() + " header fields"));
      return;
    }
    Optional<Verdict> loop = LoopCheck.refusal(parsed).or(() -> everywhereBefore(parsed));
    if (loop.isPresent()) {
      refuse(loop.get());
      return;
    }
    switch (work.on(parsed)) {
      case HeaderWork.Result.Refused(Verdict verdict) -> refuse(verdict);
      case HeaderWork.Result.Good(Headers good, Inspection begun) -> {
        headers = good;
        inspection = begun;
        // What the parser did not take for header is body.
        body(received, parsed.length(), received.length - parsed.length());
      }
    }
  }

  /**
   * One reply of SMTP can only refuse the message for all: where some do not have it yet it is
   * taken, and delivery deals with the rest. LMTP tells each.
   */
  private Optional<Verdict> everywhereBefore(Headers parsed) {
    looping = LoopCheck.deliveredBefore(parsed, transaction);
    return looping.cardinality() == transaction.accepted()
        ? Optional.of(LoopCheck.deliveredBefore())
        : Optional.empty();
  }

  /** The first reason stands. */
  private void refuse(Verdict verdict) {
    if (refusal.isEmpty()) {
      refusal = Optional.of(verdict);
      header.reset();
      staging.close();
    }
  }

  @Override
  public List<Verdict> finish() {
    Verdict verdict = refusal.orElseGet(this::accept);
    if (session.protocol() != Protocol.LMTP) {
      return List.of(verdict);
    }
    return IntStream.range(0, transaction.accepted())
        .mapToObj(i -> looping.get(i) ? LoopCheck.deliveredBefore() : verdict)
        .toList();
  }

  private Verdict accept() {
    try {
      if (inHeader) {
        endHeader();
      }
      if (refusal.isPresent()) {
        return refusal.get();
      }
      Inspection.Conclusion found = inspection.end();
      if (found.refusal().isPresent()) {
        refuse(found.refusal().get());
        return found.refusal().get();
      }
      Transaction taken =
          session.protocol() == Protocol.LMTP ? transaction.without(looping) : transaction;
      Staged whole = staging.finish(found.on(headers).toByteArray());
      try (Staged body = found.rewriting().rewritten(whole)) {
        queue.accept(envelope(found.junk()), taken.recipients(), body, subject());
      }
      return Verdict.accept("2.0.0", "Ok: queued as " + transaction.id());
    } catch (IOException | StoreException e) {
      return storeRefusal(e);
    }
  }

  private Envelope envelope(boolean junk) {
    return transaction.envelope(
        session.journey().session(),
        session.account(),
        messageId(headers),
        headers.defects().contains(Defect.EIGHT_BIT_HEADER),
        arrived,
        headers.count(DeliveredTo.NAME) > 0,
        junk,
        tlsNotRequired(headers));
  }

  /** {@code "TLS-Required:" "No"}, RFC 8689 §4: one field with one value, anything else is none. */
  static boolean tlsNotRequired(Headers headers) {
    return headers.count(TLS_REQUIRED) == 1
        && headers
            .first(TLS_REQUIRED)
            .filter(field -> field.unfolded().strip().equalsIgnoreCase("No"))
            .isPresent();
  }

  /** The Message-ID by which a journey is found, if the header has one that is fit for it. */
  static Optional<String> messageId(Headers headers) {
    return headers
        .first("Message-ID")
        .flatMap(field -> MessageId.parse(field.unfolded()))
        .map(MessageId::toString)
        .filter(MessageIntake::isPlain);
  }

  /** One line of a header at most (RFC 5322 §2.1.1), and nothing that a log could stumble over. */
  private static boolean isPlain(String messageId) {
    return messageId.length() <= LIMITS.lineOctets()
        && messageId.chars().allMatch(c -> c > 0x20 && c != 0x7f);
  }

  private String subject() {
    String subject = headers.first("Subject").map(HeaderField::decoded).orElse("");
    String line = CONTROL.matcher(subject).replaceAll(" ");
    return line.length() > MAX_SUBJECT ? line.substring(0, MAX_SUBJECT) : line;
  }

  /** RFC 3463 §3.4: 4.3.1 is "mail system full", 4.3.0 any other trouble of ours. */
  private static Verdict storeRefusal(Exception e) {
    String reason = String.valueOf(e.getMessage());
    return StoreException.kindOf(e) == StoreException.Kind.FULL
        ? Verdict.defer(452, "4.3.1", "Insufficient system storage", reason)
        : Verdict.defer(451, "4.3.0", "Local error in processing", reason);
  }

  @Override
  public void abort() {
    refuse(Verdict.defer(451, "4.3.0", "Aborted", "the message did not come to its end"));
  }
}
