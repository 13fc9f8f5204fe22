package org.thurn.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.queue.Envelope;
import org.thurn.queue.Recipient;
import org.thurn.store.Staged;
import org.thurn.transfer.intake.TakingQueue;

/** Looks at what it is given, and forgets it. */
final class DroppingQueue extends TakingQueue {
  @Override
  public void accept(Envelope envelope, List<Recipient> recipients, Staged body, String subject) {
    Promise.holds(!recipients.isEmpty(), () -> "a message for nobody");
    try (InputStream in = body.open()) {
      Headers headers = Headers.read(in, MessageLimits.DEFAULT);
      boolean traced = headers.fields().getFirst().hasName("Received");
      Promise.holds(traced, () -> "a message without our Received field: " + headers.fields());
      boolean one = subject.chars().noneMatch(c -> c == '\r' || c == '\n');
      Promise.holds(one, () -> "a line end in the subject: " + subject);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
