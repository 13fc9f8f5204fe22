package org.thurn.transfer.policy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurn.authentication.arc.ArcResult;
import org.thurn.authentication.dmarc.Disposition;
import org.thurn.authentication.dmarc.DmarcOutcome;
import org.thurn.authentication.dmarc.DmarcResult;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.DomainPattern;
import org.thurn.authentication.dmarc.LocalPolicy;
import org.thurn.authentication.inbound.InboundResult;
import org.thurn.authentication.results.Method;
import org.thurn.authentication.results.MethodResult;

/**
 * What is done with a message for what authentication found of it: one page, on which an
 * administrator sees everything that can refuse mail for its sender's sake.
 *
 * <p>The author domain's own policy comes first ({@code dmarc}). Where DMARC passes, or a forwarder
 * whom we trust says that it did, nothing else that was found counts: whom people see as the author
 * answers for the message. Else the strictest of all lines that apply decides.
 *
 * @param usual for each finding what is done; a finding that is missing is accepted
 * @param specials for some author domains, the first that matches; what it leaves out is as usual
 * @param dmarc what is done with messages that fail their author's policy
 * @param sealers whose ARC seals are believed, by their domains
 */
public record PolicyPage(
    Map<Finding, Action> usual,
    List<Special> specials,
    LocalPolicy dmarc,
    Set<DomainName> sealers) {

  /** Other lines for some author domains. */
  public record Special(DomainPattern authors, Map<Finding, Action> lines) {
    public Special {
      lines = Map.copyOf(lines);
    }
  }

  /**
   * What a careful administrator would write: the author's policy is done, a softfail is no
   * verdict, nothing is refused for a forwarder's sake, and people are warned where the sender's
   * domain disowns the client and nobody else answers for the message.
   */
  public static final PolicyPage DEFAULT =
      new PolicyPage(
          Map.of(Finding.SPF_FAIL, Action.MARK), List.of(), LocalPolicy.DEFAULT, Set.of());

  public PolicyPage {
    usual = Map.copyOf(usual);
    specials = List.copyOf(specials);
    sealers = Set.copyOf(sealers);
  }

  /** Decides. */
  public Judgement judge(InboundResult result) {
    DmarcResult dmarc = result.dmarc();
    Optional<String> forwarder = forwarder(result.arc());
    Judgement strictest = dmarc(this.dmarc.decide(dmarc, forwarder));
    if (dmarc.outcome() == DmarcOutcome.PASS || forwarder.isPresent()) {
      return strictest;
    }
    Map<Finding, Action> lines = lines(dmarc);
    for (Finding finding : Finding.values()) {
      Action action = lines.getOrDefault(finding, Action.ACCEPT);
      if (action.compareTo(strictest.action()) > 0 && finding.isIn(result)) {
        strictest = new Judgement(action, finding.key(), Reasons.of(finding, result), List.of());
      }
    }
    return strictest;
  }

  private Map<Finding, Action> lines(DmarcResult dmarc) {
    Optional<Special> special =
        specials.stream()
            .filter(one -> dmarc.author().filter(one.authors()::matches).isPresent())
            .findFirst();
    Map<Finding, Action> lines = new EnumMap<>(Finding.class);
    lines.putAll(usual);
    special.ifPresent(one -> lines.putAll(one.lines()));
    return lines;
  }

  /** RFC 8617 lets a signature leave From out: anybody could then put another one there. */
  private static boolean signsAuthor(ArcResult.Set newest) {
    return newest.signature().stream()
        .flatMap(signature -> signature.signedFields().stream())
        .anyMatch("From"::equalsIgnoreCase);
  }

  private static Judgement dmarc(Disposition disposition) {
    Action action =
        switch (disposition) {
          case Disposition.Accept _ -> Action.ACCEPT;
          case Disposition.Junk _ -> Action.JUNK;
          case Disposition.Reject _ -> Action.REJECT;
          case Disposition.Defer _ -> Action.DEFER;
        };
    return new Judgement(action, "dmarc", disposition.reason(), disposition.overrides());
  }

  /**
   * Who saw the message pass DMARC, if the chain holds and we trust it and all who sealed after it:
   * each of them could have changed the message and said anything.
   */
  private Optional<String> forwarder(ArcResult arc) {
    if (!arc.passed() || !signsAuthor(arc.sets().getLast())) {
      return Optional.empty();
    }
    for (ArcResult.Set set : arc.sets().reversed()) {
      if (!sealers.contains(DomainName.of(set.sealer()))) {
        return Optional.empty();
      }
      boolean passed =
          set.results()
              .flatMap(r -> r.first(Method.DMARC.word()))
              .filter(MethodResult::isPass)
              .isPresent();
      if (passed) {
        return Optional.of(set.sealer().ascii());
      }
    }
    return Optional.empty();
  }
}
