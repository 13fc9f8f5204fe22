package org.thurn.transfer.reports;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.queue.Agent;
import org.thurn.queue.Outcome;
import org.thurn.queue.Recipient;
import org.thurn.store.Body;

/**
 * Delivers as another agent does, and reads what is delivered to an address for reports. Whatever
 * comes of that, the mail is in its mailbox.
 */
public final class ReportInbox implements Agent {
  /** Of a message that brings a report: packed reports are small. */
  static final int MAX_MESSAGE = 10 << 20;

  private final Agent delivery;
  private final ReportReading reading;

  /** A report takes up to some hundred megabytes while it is read: one at a time. */
  private final ReentrantLock lock = new ReentrantLock();

  public ReportInbox(Agent delivery, ReportReading reading) {
    this.delivery = delivery;
    this.reading = reading;
  }

  @Override
  public List<Outcome> attempt(Attempt attempt) throws InterruptedException {
    List<Outcome> outcomes = delivery.attempt(attempt);
    for (int i = 0; i < outcomes.size(); i++) {
      Recipient to = attempt.recipients().get(i);
      boolean forReports = reading.receivesAt(to.original()) || reading.receivesAt(to.address());
      if (forReports && outcomes.get(i) instanceof Outcome.Stored) {
        read(attempt.body(), attempt.journey());
        break; // once, however many of its recipients are such
      }
    }
    return outcomes;
  }

  private void read(Body body, Journey journey) {
    lock.lock();
    try {
      journey.note(received(body));
    } catch (IOException | RuntimeException e) {
      journey.note(new Event.Fault("reading a report", String.valueOf(e.getMessage())));
    } finally {
      lock.unlock();
    }
  }

  private Event received(Body body) throws IOException {
    if (body.size() > MAX_MESSAGE) {
      return reading.refused("the message is larger than " + MAX_MESSAGE + " octets");
    }
    try (InputStream in = body.open()) {
      return reading.read(in.readAllBytes());
    }
  }
}
