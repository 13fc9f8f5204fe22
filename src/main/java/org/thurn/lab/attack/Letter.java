package org.thurn.lab.attack;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.queue.Agent;
import org.thurn.queue.Destination;
import org.thurn.queue.Envelope;
import org.thurn.queue.Recipient;
import org.thurn.smtp.BodyType;
import org.thurn.store.Body;
import org.thurn.store.BodyId;
import org.thurn.tls.policy.Wish;

/**
 * The letter that the attacker wants to read.
 *
 * @param mark stands in this one alone
 */
record Letter(QueueId mark, Mailbox recipient) implements Body {
  private static final Mailbox SENDER = Mailbox.of("alice@" + Party.SENDER.domain().ascii());

  static Letter to(Domain domain, QueueId mark) {
    return new Letter(mark, Mailbox.of("bob@" + domain.ascii()));
  }

  /** All of it. */
  String text() {
    return "From: %s\r\nTo: %s\r\nSubject: The safe\r\n\r\n%s\r\n"
        .formatted(SENDER, recipient, secret());
  }

  /** What nobody else is to know. */
  String secret() {
    return "The combination is " + mark.text() + ".";
  }

  /** To be carried now, for the first time. */
  Agent.Attempt attempt(Journey journey, Instant now) {
    Envelope envelope =
        new Envelope(
            mark,
            Optional.empty(),
            ReversePath.of(SENDER),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            BodyType.SEVEN_BIT,
            false,
            now,
            false,
            false,
            Wish.USUAL);
    Recipient whom =
        new Recipient(
            0,
            recipient,
            recipient,
            new Destination.Remote(recipient.host()),
            Set.of(),
            Optional.empty());
    return new Agent.Attempt(envelope, this, List.of(whom), 1, journey.about(mark));
  }

  @Override
  public BodyId id() {
    return new BodyId("0".repeat(32));
  }

  @Override
  public long size() {
    return text().length();
  }

  @Override
  public String sha256() {
    return "";
  }

  @Override
  public InputStream open(long offset, long length) {
    byte[] octets = text().getBytes(StandardCharsets.US_ASCII);
    int from = (int) Math.min(offset, octets.length);
    return new ByteArrayInputStream(octets, from, (int) Math.min(length, octets.length - from));
  }
}
