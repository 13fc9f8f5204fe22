package org.thurn.transfer.intake;

import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.message.HeaderField;
import org.thurn.transfer.signing.MailSigner;

/** Signs what an account submits, as it comes in: the last that changes it before others do. */
final class SubmissionSigning implements Inspection {
  private final MailSigner.Begun begun;
  private final Journey journey;

  SubmissionSigning(MailSigner.Begun begun, Journey journey) {
    this.begun = begun;
    this.journey = journey;
  }

  @Override
  public void take(byte[] octets, int offset, int count) {
    begun.signing().take(octets, offset, count);
  }

  @Override
  public Conclusion end() {
    List<HeaderField> signatures = begun.signing().finish();
    journey.note(new Event.DkimSigned(begun.domain().ascii(), begun.selectors()));
    return new Conclusion(Optional.empty(), signatures, false);
  }
}
