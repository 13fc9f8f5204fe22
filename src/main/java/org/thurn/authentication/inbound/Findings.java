package org.thurn.authentication.inbound;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.authentication.AnswerNote;
import org.thurn.authentication.arc.ArcResult;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dmarc.Alignment;
import org.thurn.authentication.dmarc.AppliedPolicy;
import org.thurn.authentication.dmarc.DmarcResult;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.spf.SpfResult;
import org.thurn.dns.Answer;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;

/** Notes an {@link InboundResult} in a journey: each result, behind the answers it rests on. */
public final class Findings {
  /** Of one method; honest records need a dozen, and a stranger's make us ask for hundreds. */
  static final int MAX_ANSWERS = 40;

  private Findings() {}

  /** Notes everything. */
  public static void note(InboundResult result, Journey journey) {
    result.helo().ifPresent(spf -> spf(spf, journey));
    result.mailFrom().ifPresent(spf -> spf(spf, journey));
    result.dkim().forEach(dkim -> dkim(dkim, journey));
    arc(result.arc(), journey);
    dmarc(result.dmarc(), journey);
  }

  private static void answers(List<Answer> answers, String purpose, Journey journey) {
    answers.stream()
        .limit(MAX_ANSWERS)
        .forEach(answer -> journey.note(AnswerNote.of(answer, purpose)));
  }

  private static void spf(SpfResult spf, Journey journey) {
    String identity = spf.identity().name().toLowerCase(Locale.ROOT);
    answers(spf.answers(), "spf " + identity, journey);
    journey.note(
        new Event.SpfChecked(
            identity,
            spf.domain(),
            spf.outcome().word(),
            spf.match().map(match -> match.directive().toString()).orElse(""),
            spf.reason(),
            spf.explanation().orElse(""),
            spf.lookUps(),
            spf.voidLookUps()));
  }

  private static void dkim(DkimResult dkim, Journey journey) {
    answers(dkim.key().answers(), "dkim", journey);
    journey.note(
        new Event.DkimChecked(
            dkim.domain().map(Domain::ascii).orElse(""),
            dkim.selector().orElse(""),
            dkim.algorithm().map(algorithm -> algorithm.word()).orElse(""),
            dkim.outcome().word(),
            dkim.sentence()));
  }

  private static void arc(ArcResult arc, Journey journey) {
    answers(arc.answers(), "arc", journey);
    List<String> sealers = arc.sets().stream().map(set -> set.sealer().ascii()).toList();
    journey.note(new Event.ArcChecked(arc.chainValidation().word(), sealers, arc.reason()));
  }

  private static void dmarc(DmarcResult dmarc, Journey journey) {
    answers(dmarc.answers(), "dmarc", journey);
    List<String> alignments =
        dmarc.decisive().stream()
            .flatMap(evaluation -> evaluation.alignments().stream())
            .map(Alignment::reason)
            .toList();
    journey.note(
        new Event.DmarcChecked(
            dmarc.author().map(DomainName::toString).orElse(""),
            dmarc.outcome().word(),
            dmarc.policy().map(Findings::words).orElse(""),
            alignments,
            dmarc.reason()));
  }

  /** Such as {@code p=reject at _dmarc.example.org}. */
  private static String words(AppliedPolicy policy) {
    Optional<String> tested =
        policy.published() == policy.effective()
            ? Optional.empty()
            : Optional.of(", tested, so that it means " + policy.effective().word());
    return policy.tag() + policy.published().word() + " at " + policy.at() + tested.orElse("");
  }
}
