package org.thurn.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.ReversePath;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.Notify;
import org.thurn.store.Body;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.StoreException;
import org.thurn.tls.policy.Wish;

/** Makes queue entries of the notifications that a settlement owes its sender. */
final class Notifications {
  private final Notifier notifier;
  private final Surroundings with;

  Notifications(Notifier notifier, Surroundings with) {
    this.notifier = notifier;
    this.with = with;
  }

  /** A notification, staged, to be committed with the settlement that owes it. */
  record Owed(Notifier.Notification notification, QueueShard.Arrival arrival) {
    QueueId id() {
      return arrival.entry().id();
    }
  }

  /**
   * The notification for what happened, or empty. A notifier that fails is noted as a fault and
   * does not keep the recipients from their terminal state.
   */
  Optional<Owed> owed(Envelope envelope, Body body, List<Notifier.Happening> happenings) {
    // RFC 5321 §4.5.5: never a notification about a notification
    if (happenings.isEmpty() || envelope.sender().mailbox().isEmpty()) {
      return Optional.empty();
    }
    try {
      return notifier
          .notification(envelope, body, happenings)
          .map(notification -> new Owed(notification, arrival(notification, envelope.wish())));
    } catch (StoreException e) {
      throw e; // the settlement as a whole is tried again
    } catch (RuntimeException e) {
      about(envelope).note(new Event.Fault("notifier", e.toString()));
      return Optional.empty();
    }
  }

  private QueueShard.Arrival arrival(Notifier.Notification notification, Wish wish) {
    Instant now = with.time().now();
    QueueId id = with.journey().newQueueId();
    byte[] message = notification.message();
    Envelope envelope =
        new Envelope(
            id,
            Optional.empty(),
            ReversePath.Null.INSTANCE,
            Optional.empty(),
            field(message, "Message-ID"),
            Optional.empty(),
            Optional.empty(),
            isAscii(message) ? BodyType.SEVEN_BIT : BodyType.EIGHT_BIT_MIME,
            notification.smtpUtf8(),
            now,
            false,
            false,
            wish);
    Recipient recipient =
        new Recipient(
            0,
            notification.to(),
            notification.to(),
            notification.destination(),
            // RFC 3461 §6.2: a notification asks for none
            Set.of(Notify.NEVER),
            Optional.empty());
    Staged staged = stage(message);
    QueueEntry entry =
        new QueueEntry(
            envelope,
            staged.id(),
            staged.size(),
            false,
            List.of(RecipientRow.fresh(recipient, now)));
    return new QueueShard.Arrival(entry, staged);
  }

  private Staged stage(byte[] message) {
    try (Staging staging = with.store().stageOwed(message.length)) {
      staging.write(message);
      return staging.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After the commit: the journey of the message, and the beginning of the notification's own. */
  void note(Envelope about, Owed owed) {
    QueueEntry entry = owed.arrival().entry();
    Notifier.Notification notification = owed.notification();
    about(about)
        .note(new Event.NotificationQueued(notification.kind(), notification.to(), entry.id()));
    about(entry.envelope())
        .note(
            new Event.Accepted(
                entry.envelope().messageId().orElse(""),
                ReversePath.Null.INSTANCE,
                List.of(notification.to()),
                entry.octets(),
                owed.arrival().body().sha256(),
                field(notification.message(), "Subject").orElse("")));
  }

  private Journey about(Envelope envelope) {
    return with.journey().about(envelope.id(), envelope.messageId());
  }

  /** A header field of a message that we wrote ourselves: on one line. */
  static Optional<String> field(byte[] message, String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    for (String line : header(message).split("\r?\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(prefix)) {
        return Optional.of(line.substring(prefix.length()).strip());
      }
    }
    return Optional.empty();
  }

  private static String header(byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? text : text.substring(0, end);
  }

  private static boolean isAscii(byte[] message) {
    for (byte octet : message) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }
}
