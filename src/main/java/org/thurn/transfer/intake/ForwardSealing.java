package org.thurn.transfer.intake;

import java.util.List;
import org.thurn.authentication.arc.ArcResult;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.arc.Sealing;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.message.HeaderField;
import org.thurn.transfer.signing.MailSealer;

/**
 * Seals a message from outside that an alias leads elsewhere, as the last that is done with it (RFC
 * 8617 §5.1): what we found of it is known there, though our forwarding breaks SPF.
 */
final class ForwardSealing {
  private final MailSealer.Begun begun;
  private final Journey journey;

  /**
   * @param begun on the hashes that the message's check fills
   */
  ForwardSealing(MailSealer.Begun begun, Journey journey) {
    this.begun = begun;
    this.journey = journey;
  }

  /**
   * Ends it.
   *
   * @param chain as it was when the message came
   * @param results of all that was checked
   * @return the set for the top of the header; nothing if it cannot be sealed
   */
  List<HeaderField> finish(ArcResult chain, AuthenticationResults results) {
    return switch (begun) {
      case MailSealer.Begun.Refused(String reason) -> unsealed(reason);
      // RFC 8617 would have it sealed as broken, for good; left alone the next host can check it
      case MailSealer.Begun.Ready _ when chain.temporary() ->
          unsealed("the chain before could not be checked for now: " + chain.reason());
      case MailSealer.Begun.Ready ready -> {
        Sealing sealing = ready.sealing();
        ChainValidation found = chain.chainValidation();
        List<HeaderField> set = sealing.finish(found, results);
        journey.note(
            new Event.ArcSealed(
                ready.domain().ascii(),
                ready.selector(),
                sealing.instance(),
                sealing.state(found).word()));
        yield set;
      }
    };
  }

  private List<HeaderField> unsealed(String reason) {
    journey.note(new Event.ArcUnsealed(reason));
    return List.of();
  }
}
