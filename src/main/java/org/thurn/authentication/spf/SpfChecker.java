package org.thurn.authentication.spf;

import java.util.List;
import java.util.Optional;
import org.thurn.authentication.NotedResolver;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.time.Time;

/**
 * Checks whether a host may send for a domain, RFC 7208. Blocks while the DNS is asked, in all not
 * longer than the settings' time and one question more; never throws for what records or the DNS
 * hold. Safe for many threads.
 */
public final class SpfChecker {
  private final Resolver resolver;
  private final SpfSettings settings;
  private final Time time;

  public SpfChecker(Resolver resolver, SpfSettings settings, Time time) {
    this.resolver = resolver;
    this.settings = settings;
    this.time = time;
  }

  /** One check, from the domain's record on; nothing of an earlier one is used. */
  public SpfResult check(SpfRequest request) {
    NotedResolver noted = new NotedResolver(resolver);
    Questions questions = new Questions(noted, settings, time);
    ClientNames names = new ClientNames(request.client(), questions, settings);
    MacroExpander macros = new MacroExpander(request, settings, names, time.now());
    Lookups lookups = new Lookups(request.client(), questions, names, settings);
    CheckHost host = new CheckHost(request.client(), questions, macros, lookups);
    Decision decision;
    try {
      decision = host.check(Place.of(request.domain()));
    } catch (CheckEnded ended) {
      decision =
          new Decision(
              ended.outcome(),
              ended.reason(),
              Optional.empty(),
              request.domain(),
              Optional.empty());
    }
    questions.stopCounting();
    return new SpfResult(
        decision.outcome(),
        request.identity(),
        request.domain(),
        decision.match(),
        decision.reason(),
        explanation(decision, questions, macros),
        questions.lookUps(),
        questions.voidLookUps(),
        noted.answers());
  }

  /** RFC 7208 §6.2: whatever is wrong with it, it is as if there were none. */
  private static Optional<String> explanation(
      Decision decision, Questions questions, MacroExpander macros) {
    if (decision.outcome() != Outcome.FAIL || decision.explanation().isEmpty()) {
      return Optional.empty();
    }
    DomainSpec spec = decision.explanation().get();
    try {
      TargetName target = macros.target(spec, decision.domain());
      if (target.name().isEmpty() || macros.matchesNobody(spec)) {
        return Optional.empty();
      }
      Answer answer = questions.need(target.name().get(), RecordType.TXT);
      List<String> texts = answer.all(RecordData.Txt.class).map(RecordData.Txt::joined).toList();
      if (texts.size() != 1) {
        return Optional.empty();
      }
      MacroString text = MacroParser.explainString(texts.getFirst());
      return Optional.of(macros.explanation(text, decision.domain())).filter(t -> !t.isBlank());
    } catch (CheckEnded | SpfSyntaxException _) {
      return Optional.empty();
    }
  }
}
