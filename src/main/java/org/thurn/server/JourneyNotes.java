package org.thurn.server;

import org.thurn.authentication.AnswerNote;
import org.thurn.dns.Answer;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.tls.mtasts.StsNotes;

/** What is done to learn an MTA-STS policy, in the journey of the message that wants to know. */
record JourneyNotes(Journey journey) implements StsNotes {
  @Override
  public void asked(Answer answer) {
    journey.note(AnswerNote.of(answer, "mta-sts"));
  }

  @Override
  public void happened(Event event) {
    journey.note(event);
  }
}
