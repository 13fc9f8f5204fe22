package org.thurn.authentication.inbound;

import java.util.List;
import java.util.Optional;
import org.thurn.authentication.arc.ArcResult;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dmarc.DmarcRequest;
import org.thurn.authentication.dmarc.DmarcResult;
import org.thurn.authentication.spf.SpfResult;

/**
 * What all methods say of one message.
 *
 * @param origin where it came from, if that is known
 * @param helo SPF of the HELO name (RFC 7208 §2.3); empty where no origin is known
 * @param mailFrom SPF of MAIL FROM (RFC 7208 §2.4); empty where no origin is known
 * @param dkim of each signature, from the top; of a message without any, one that says so
 */
public record InboundResult(
    Optional<Origin> origin,
    Optional<SpfResult> helo,
    Optional<SpfResult> mailFrom,
    List<DkimResult> dkim,
    ArcResult arc,
    DmarcResult dmarc) {
  public InboundResult {
    dkim = List.copyOf(dkim);
  }

  /** What DMARC was asked. */
  public DmarcRequest request() {
    return DmarcInputs.request(dmarc.authors(), mailFrom, dkim);
  }
}
