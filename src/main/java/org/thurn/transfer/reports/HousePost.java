package org.thurn.transfer.reports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.message.Headers;
import org.thurn.message.MessageId;
import org.thurn.message.MessageLimits;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.queue.Destination;
import org.thurn.queue.Envelope;
import org.thurn.queue.MailQueue;
import org.thurn.queue.Recipient;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.Notify;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.Store;
import org.thurn.time.Time;
import org.thurn.tls.policy.Wish;

/**
 * Queues what the house itself writes to other hosts. Its author is the sender too, so that SPF is
 * aligned; it asks for no notification, so that no bounce of ours answers it.
 *
 * @param destination where an address leads
 * @param signer puts our domain's signatures before a message
 */
public record HousePost(
    MailQueue queue,
    Store store,
    Function<Mailbox, Destination> destination,
    UnaryOperator<byte[]> signer,
    Time time,
    Journey journey) {

  /**
   * Queues a message, durable when this returns.
   *
   * @param wish what it asks of TLS
   * @throws org.thurn.store.StoreException if the store or the queue takes nothing now
   */
  public QueueId send(Mailbox from, Mailbox to, String subject, byte[] message, Wish wish) {
    byte[] signed = signer.apply(message);
    QueueId id = journey.newQueueId();
    Envelope envelope =
        new Envelope(
            id,
            Optional.empty(),
            ReversePath.of(from),
            Optional.empty(),
            messageId(signed),
            Optional.empty(),
            Optional.empty(),
            BodyType.EIGHT_BIT_MIME,
            !to.isAscii() || !from.isAscii(),
            time.now(),
            false,
            false,
            wish);
    Recipient recipient =
        new Recipient(0, to, to, destination.apply(to), Set.of(Notify.NEVER), Optional.empty());
    try (Staged body = stage(signed)) {
      queue.accept(envelope, List.of(recipient), body, subject);
    }
    return id;
  }

  private Staged stage(byte[] message) {
    try (Staging staging = store.stage(message.length)) {
      staging.write(message);
      return staging.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> messageId(byte[] message) {
    return Headers.parse(message, MessageLimits.DEFAULT)
        .first("Message-ID")
        .flatMap(field -> MessageId.parse(field.unfolded()))
        .map(MessageId::toString);
  }
}
