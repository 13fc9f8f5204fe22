package org.thurn.authentication.inbound;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thurn.authentication.arc.ArcResult;
import org.thurn.authentication.arc.ArcVerification;
import org.thurn.authentication.arc.ArcVerifier;
import org.thurn.authentication.dkim.BodyHashes;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dkim.DkimVerifier;
import org.thurn.authentication.dkim.MessageVerification;
import org.thurn.authentication.dmarc.AuthorDomains;
import org.thurn.authentication.dmarc.DmarcEvaluator;
import org.thurn.authentication.dmarc.DmarcResult;
import org.thurn.authentication.spf.SpfChecker;
import org.thurn.authentication.spf.SpfRequest;
import org.thurn.authentication.spf.SpfResult;
import org.thurn.dns.Resolver;
import org.thurn.message.Headers;

/**
 * One message on its way through all methods: its {@link #header}, the octets of its body, and its
 * end. Used by one thread.
 */
public final class MessageCheck {
  private final Optional<Origin> origin;
  private final Resolver resolver;
  private final DkimVerifier dkim;
  private final ArcVerifier arc;
  private final DmarcEvaluator dmarc;
  private final Optional<Running<SpfResult>> helo;
  private final Optional<Running<SpfResult>> mailFrom;
  private final BodyHashes bodies = new BodyHashes();
  private @Nullable Opened opened;
  private boolean finished;

  /** What the header began. */
  private record Opened(
      AuthorDomains authors, MessageVerification signatures, ArcVerification chain) {}

  MessageCheck(
      Optional<Origin> origin,
      Resolver resolver,
      SpfChecker spf,
      DkimVerifier dkim,
      ArcVerifier arc,
      DmarcEvaluator dmarc) {
    this.origin = origin;
    this.resolver = resolver;
    this.dkim = dkim;
    this.arc = arc;
    this.dmarc = dmarc;
    helo = origin.map(o -> ask(spf, SpfRequest.helo(o.client(), o.helo())));
    mailFrom = origin.map(o -> ask(spf, SpfRequest.mailFrom(o.client(), o.helo(), o.sender())));
  }

  private static Running<SpfResult> ask(SpfChecker spf, SpfRequest request) {
    return Running.start("spf", () -> spf.check(request));
  }

  /** Takes the header as it was received. */
  public void header(Headers headers) {
    opened =
        new Opened(
            AuthorDomains.of(headers),
            dkim.begin(headers, resolver, bodies),
            arc.begin(headers, resolver, bodies));
  }

  /**
   * What hashes the body, for whoever wants a hash of it, too: asked for behind the header, before
   * the first octet.
   */
  public BodyHashes bodies() {
    return bodies;
  }

  /** Takes the next octets of the body as they are in the message. */
  public void take(byte[] octets, int offset, int count) {
    bodies.take(octets, offset, count);
  }

  /** Ends the message and waits for the DNS. */
  public InboundResult finish() throws InterruptedException {
    Opened begun = opened;
    if (begun == null) {
      throw new IllegalStateException("a message begins with its header");
    }
    bodies.finish();
    List<DkimResult> signatures = begun.signatures().finish();
    ArcResult chain = begun.chain().finish();
    Optional<SpfResult> sender = result(mailFrom);
    DmarcResult policy = dmarc.evaluate(DmarcInputs.request(begun.authors(), sender, signatures));
    finished = true;
    return new InboundResult(origin, result(helo), sender, signatures, chain, policy);
  }

  /**
   * Waits until nothing of it asks the DNS any more, for a message that never came to its end:
   * whoever begins and drops messages has one of them checked at a time.
   */
  public void settle() throws InterruptedException {
    Opened begun = opened;
    if (finished) {
      return;
    }
    result(helo);
    result(mailFrom);
    if (begun != null) {
      bodies.finish();
      begun.signatures().finish();
      begun.chain().finish();
    }
    finished = true;
  }

  private static Optional<SpfResult> result(Optional<Running<SpfResult>> running)
      throws InterruptedException {
    return running.isPresent() ? Optional.of(running.get().result()) : Optional.empty();
  }
}
