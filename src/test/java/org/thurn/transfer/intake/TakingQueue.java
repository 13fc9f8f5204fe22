package org.thurn.transfer.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.QueueId;
import org.thurn.queue.Envelope;
import org.thurn.queue.MailQueue;
import org.thurn.queue.QueuedMessage;
import org.thurn.queue.Recipient;
import org.thurn.store.Staged;
import org.thurn.store.StoreException;

/** Takes messages and shows them; the rest of the queue is not intake's. */
public class TakingQueue implements MailQueue {
  record Taken(Envelope envelope, List<Recipient> recipients, String message, String subject) {}

  final List<Taken> taken = new ArrayList<>();
  Optional<StoreException> trouble = Optional.empty();

  @Override
  public void accept(Envelope envelope, List<Recipient> recipients, Staged body, String subject) {
    if (trouble.isPresent()) {
      throw trouble.get();
    }
    try (InputStream in = body.open()) {
      String message = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      taken.add(new Taken(envelope, recipients, message, subject));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Taken last() {
    return taken.getLast();
  }

  @Override
  public List<QueuedMessage> list(Optional<QueueId> after, int limit) {
    return List.of();
  }

  @Override
  public Optional<QueuedMessage> find(QueueId id) {
    return Optional.empty();
  }

  @Override
  public boolean hold(QueueId id, String author) {
    return false;
  }

  @Override
  public boolean release(QueueId id, String author) {
    return false;
  }

  @Override
  public boolean retry(QueueId id, String author) {
    return false;
  }

  @Override
  public boolean drop(QueueId id, String author) {
    return false;
  }

  @Override
  public LedgerAccount ledger() {
    return new LedgerAccount(0, 0, 0, 0, 0, 0, 0, List.of());
  }

  @Override
  public void start() {}

  @Override
  public void close() {}
}
