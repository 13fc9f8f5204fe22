package org.thurn.authentication.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dmarc.DmarcResult;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.Method;
import org.thurn.authentication.results.MethodResult;
import org.thurn.authentication.spf.SpfResult;
import org.thurn.name.Mailbox;

/** Tells an {@link InboundResult} as Authentication-Results does, RFC 8601 §2.7. */
public final class ResultsField {
  private ResultsField() {}

  /**
   * The results of one message.
   *
   * @param authservId who checked: our host name
   * @param before what was checked of its client, such as {@code iprev}
   */
  public static AuthenticationResults of(
      String authservId, List<MethodResult> before, InboundResult result) {
    List<MethodResult> all = new ArrayList<>(before);
    Optional<Mailbox> sender = result.origin().flatMap(origin -> origin.sender().mailbox());
    // Of a null path the HELO name was asked about (RFC 7208 §2.4), and once is enough.
    result
        .mailFrom()
        .filter(_ -> sender.isPresent())
        .ifPresent(spf -> all.add(spf(spf, "mailfrom", sender.orElseThrow().toString())));
    result.helo().ifPresent(spf -> all.add(spf(spf, "helo", spf.domain())));
    result.dkim().forEach(signature -> all.add(dkim(signature)));
    if (result.arc().chainValidation() != ChainValidation.NONE) {
      all.add(result.arc().methodResult());
    }
    all.add(dmarc(result.dmarc()));
    return AuthenticationResults.of(authservId, all);
  }

  /** RFC 8601 §2.7.2. */
  private static MethodResult spf(SpfResult spf, String property, String value) {
    return explained(Method.SPF, spf.outcome().word(), spf.reason()).with("smtp", property, value);
  }

  /** RFC 8601 §2.7.1; header.a and header.s are of RFC 8601 §2.7.1 too, header.b of RFC 6008. */
  private static MethodResult dkim(DkimResult dkim) {
    MethodResult result = explained(Method.DKIM, dkim.outcome().word(), dkim.sentence());
    if (dkim.domain().isPresent()) {
      result = result.with("header", "d", dkim.domain().get().ascii());
    }
    if (dkim.identity().isPresent()) {
      result = result.with("header", "i", dkim.identity().get());
    }
    if (dkim.selector().isPresent()) {
      result = result.with("header", "s", dkim.selector().get());
    }
    if (dkim.algorithm().isPresent()) {
      result = result.with("header", "a", dkim.algorithm().get().word());
    }
    if (dkim.signatureStart().isPresent()) {
      result = result.with("header", "b", dkim.signatureStart().get());
    }
    return result;
  }

  /** RFC 9989 §9.2: the author's domain, and what its owner publishes. */
  private static MethodResult dmarc(DmarcResult dmarc) {
    MethodResult result = explained(Method.DMARC, dmarc.outcome().word(), dmarc.reason());
    Optional<String> author = dmarc.author().map(DomainName::toString);
    if (author.isPresent()) {
      result = result.with("header", "from", author.get());
    }
    Optional<String> policy = dmarc.policy().map(p -> p.published().word());
    return policy.isPresent() ? result.with("policy", "dmarc", policy.get()) : result;
  }

  /** A pass explains itself. */
  private static MethodResult explained(Method method, String word, String reason) {
    MethodResult result = method.result(word);
    return word.equals("pass") || reason.isEmpty() ? result : result.because(reason);
  }
}
