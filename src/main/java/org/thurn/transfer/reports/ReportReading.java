package org.thurn.transfer.reports;

import org.thurn.journey.Event;
import org.thurn.name.Mailbox;

/** Reads the reports of one kind that come by mail. */
public interface ReportReading {
  /** Whether reports come to this address. */
  boolean receivesAt(Mailbox address);

  /** What there is to note of a message that came there. */
  Event read(byte[] message);

  /** What there is to note of one that is not read. */
  Event refused(String why);
}
