package org.thurn.tls.mtasts;

import org.thurn.dns.Answer;
import org.thurn.journey.Event;

/** Hears what is done to learn a policy: a journey, mostly. Safe for many threads. */
public interface StsNotes {
  /** The DNS was asked for a record, or for the addresses of a policy's host. */
  void asked(Answer answer);

  /** A policy was fetched, used, or could not be had. */
  void happened(Event event);
}
