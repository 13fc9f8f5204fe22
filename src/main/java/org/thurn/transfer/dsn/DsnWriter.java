package org.thurn.transfer.dsn;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.thurn.message.Address;
import org.thurn.message.Content;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageBuilder;
import org.thurn.message.MessageLimits;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.queue.Destination;
import org.thurn.queue.Envelope;
import org.thurn.queue.Notifier;
import org.thurn.smtp.Ret;
import org.thurn.store.Body;
import org.thurn.time.Time;

/** Writes delivery status notifications, RFC 3464. Safe for many threads. */
public final class DsnWriter implements Notifier {
  private static final MessageLimits LIMITS = MessageLimits.DEFAULT;

  private final DsnSettings settings;
  private final Function<Mailbox, Destination> destinations;
  private final Supplier<String> unique;
  private final UnaryOperator<byte[]> signer;
  private final Time time;

  /**
   * A writer.
   *
   * @param destinations where mail for an address goes
   * @param unique as {@link MessageBuilder} wants it
   * @param signer puts our domain's signatures before a message
   */
  public DsnWriter(
      DsnSettings settings,
      Function<Mailbox, Destination> destinations,
      Supplier<String> unique,
      UnaryOperator<byte[]> signer,
      Time time) {
    this.settings = settings;
    this.destinations = destinations;
    this.unique = unique;
    this.signer = signer;
    this.time = time;
  }

  @Override
  public Optional<Notification> notification(
      Envelope envelope, Body body, List<Happening> happenings) {
    // RFC 3461 §6.1, RFC 5321 §4.5.5: nobody is told of a message from the null path
    Optional<Mailbox> sender = envelope.sender().mailbox();
    List<Happening> owed =
        happenings.stream()
            .filter(h -> Owed.owed(h, settings.delays()))
            .sorted(Comparator.comparing(Happening::kind))
            .toList();
    return owed.isEmpty() ? Optional.empty() : sender.map(to -> write(envelope, body, owed, to));
  }

  private Notification write(Envelope envelope, Body body, List<Happening> owed, Mailbox sender) {
    Kind kind = owed.getFirst().kind();
    Instant retryUntil = envelope.arrived().plus(settings.lifetime());
    Headers headers = headers(body);
    Optional<String> subject =
        headers
            .first("Subject")
            .map(f -> RecipientFields.clean(f.decoded()))
            .filter(s -> !s.isEmpty());
    Explanation explanation = new Explanation(settings, retryUntil);
    Content.Text human =
        new Content.Text("plain", explanation.text(owed, subject, envelope.arrived()));
    List<List<HeaderField>> blocks = new ArrayList<>();
    blocks.add(messageFields(envelope));
    owed.forEach(h -> blocks.add(RecipientFields.of(h, time.now(), retryUntil)));
    MessageBuilder builder = new MessageBuilder(time, settings.reportingMta(), unique);
    Mailbox daemon = new Mailbox(new LocalPart("MAILER-DAEMON"), settings.reportingMta());
    builder
        .from(Address.Single.of("Mail Delivery System", daemon))
        .to(sender)
        .subject(Explanation.subject(kind))
        .field(HeaderField.of("Auto-Submitted", "auto-replied")); // RFC 3834 §5
    envelope
        .messageId()
        .map(RecipientFields::clean)
        .filter(id -> id.matches("<[!-~]{1,250}>"))
        .ifPresent(
            id ->
                builder
                    .field(HeaderField.of("In-Reply-To", id))
                    .field(HeaderField.of("References", id)));
    builder.content(
        new Content.Report(
            "delivery-status", human, blocks, returned(envelope, body, headers, owed)));
    byte[] message = signer.apply(builder.build());
    return new Notification(
        word(kind), sender, destinations.apply(sender), message, builder.needsSmtpUtf8());
  }

  /** The word of the journey: failure, delay, success or relayed. */
  private static String word(Kind kind) {
    return switch (kind) {
      case FAILED, EXPIRED -> "failure";
      case DELAYED -> "delay";
      case DELIVERED -> "success";
      case RELAYED -> "relayed";
    };
  }

  /** RFC 3464 §2.2. */
  private List<HeaderField> messageFields(Envelope envelope) {
    List<HeaderField> fields = new ArrayList<>();
    envelope
        .envid()
        .ifPresent(
            envid ->
                fields.add(HeaderField.of("Original-Envelope-Id", RecipientFields.clean(envid))));
    fields.add(HeaderField.of("Reporting-MTA", "dns; " + settings.reportingMta()));
    fields.add(HeaderField.of("Arrival-Date", RecipientFields.date(envelope.arrived())));
    return fields;
  }

  private static Headers headers(Body body) {
    try (InputStream in = body.open(0, LIMITS.headerOctets())) {
      return Headers.read(in, LIMITS);
    } catch (IOException e) {
      // a notification without what it is about is better than none
      return Headers.of(List.of());
    }
  }

  /** RFC 3461 §6.2: the whole message only of a failure, if it is not too much. */
  private Content.Returned returned(
      Envelope envelope, Body body, Headers headers, List<Happening> owed) {
    boolean failed =
        owed.stream().anyMatch(h -> h.kind() == Kind.FAILED || h.kind() == Kind.EXPIRED);
    boolean whole = failed && envelope.ret().orElse(Ret.FULL) == Ret.FULL;
    if (whole && body.size() <= settings.maxReturned()) {
      try (InputStream in = body.open()) {
        byte[] octets = in.readNBytes((int) settings.maxReturned() + 1);
        return new Content.Returned.Whole(
            Arrays.copyOf(octets, (int) Math.min(octets.length, settings.maxReturned())));
      } catch (IOException e) {
        // it cannot be read any more: its header, which was, must do
        return new Content.Returned.HeadersOnly(headers);
      }
    }
    return new Content.Returned.HeadersOnly(headers);
  }
}
