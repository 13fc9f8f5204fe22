package org.thurn.authentication.inbound;

import java.util.Optional;
import org.thurn.authentication.arc.ArcVerifier;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimVerifier;
import org.thurn.authentication.dmarc.DmarcEvaluator;
import org.thurn.authentication.spf.SpfChecker;
import org.thurn.dns.Resolver;
import org.thurn.time.Time;

/**
 * Checks by every method who sent a message. What strangers wrote never makes it throw; all of it
 * is in the result. Safe for many threads.
 */
public final class InboundCheck {
  private final Resolver resolver;
  private final SpfChecker spf;
  private final DkimVerifier dkim;
  private final ArcVerifier arc;
  private final DmarcEvaluator dmarc;

  public InboundCheck(
      Resolver resolver, InboundSettings settings, Time time, Cryptography cryptography) {
    this.resolver = resolver;
    spf = new SpfChecker(resolver, settings.spf(), time);
    dkim = new DkimVerifier(resolver, time, cryptography);
    arc = new ArcVerifier(resolver, time, cryptography);
    dmarc = new DmarcEvaluator(resolver, settings.dmarc(), time);
  }

  /**
   * Begins with a message's envelope: SPF is asked while its header and body come in.
   *
   * @param origin empty for a message of which only the text is known
   */
  public MessageCheck begin(Optional<Origin> origin) {
    return new MessageCheck(origin, resolver, spf, dkim, arc, dmarc);
  }
}
