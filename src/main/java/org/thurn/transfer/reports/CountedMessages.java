package org.thurn.transfer.reports;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurn.authentication.dmarc.AppliedPolicy;
import org.thurn.authentication.dmarc.Disposition;
import org.thurn.authentication.dmarc.DmarcOutcome;
import org.thurn.authentication.dmarc.DmarcUri;
import org.thurn.authentication.dmarc.Evaluation;
import org.thurn.authentication.dmarc.OverrideType;
import org.thurn.authentication.dmarc.Policy;
import org.thurn.authentication.dmarc.PolicyOverride;
import org.thurn.authentication.dmarc.report.AuthResult;
import org.thurn.authentication.dmarc.report.ReportRow;
import org.thurn.authentication.dmarc.report.ReportSubject;
import org.thurn.authentication.dmarc.report.RowMaker;
import org.thurn.authentication.inbound.Origin;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;
import org.thurn.time.UtcDay;
import org.thurn.transfer.intake.JudgementObserver;
import org.thurn.transfer.policy.Judgement;

/** Counts each message for the reports to its author's domain. */
final class CountedMessages implements JudgementObserver {
  /** Of the hundred that RFC 9990 §3.1.3 allows: a row must be small, since strangers fill it. */
  static final int MAX_SIGNATURES = 10;

  /** Of one record; RFC 9989 §4.7 knows no bound, and nobody needs more. */
  static final int MAX_DESTINATIONS = 5;

  private final Supplier<ReportSettings> settings;
  private final Tally<Slot> tally;
  private final Time time;

  CountedMessages(Supplier<ReportSettings> settings, Tally<Slot> tally, Time time) {
    this.settings = settings;
    this.tally = tally;
    this.time = time;
  }

  static long day(Time time) {
    return UtcDay.of(time.now());
  }

  @Override
  public void judged(Judged message) {
    ReportSettings current = settings.get();
    if (!current.send()) {
      return;
    }
    boolean isReport = current.onlyReportsReach(message.recipients());
    for (Evaluation evaluation : message.result().dmarc().evaluations()) {
      // Two who report to each other would else report of their reports for ever.
      boolean loops = isReport && evaluation.outcome() == DmarcOutcome.PASS;
      if (!loops) {
        slot(message, evaluation).ifPresent(slot -> tally.add(slot, 1));
      }
    }
  }

  private Optional<Slot> slot(Judged message, Evaluation evaluation) {
    Optional<Origin> origin = message.result().origin();
    Optional<AppliedPolicy> policy =
        evaluation.policy().filter(p -> !p.record().aggregateReports().isEmpty());
    if (origin.isEmpty() || policy.isEmpty()) {
      return Optional.empty();
    }
    String envelopeFrom =
        origin.get().sender().mailbox().flatMap(Mailbox::domain).map(Domain::ascii).orElse("");
    return new RowMaker(origin.get().client(), envelopeFrom, Optional.empty())
        .row(message.result().request(), evaluation, done(message.judgement(), evaluation))
        .map(CountedMessages::common)
        .map(row -> new Slot(day(time), subject(policy.get(), evaluation), row));
  }

  /** With the sizes that {@code ReportSubject.of} leaves out. */
  private static ReportSubject subject(AppliedPolicy policy, Evaluation evaluation) {
    ReportSubject subject = ReportSubject.of(policy, evaluation.method());
    List<String> destinations =
        policy.record().aggregateReports().stream()
            .limit(MAX_DESTINATIONS)
            .map(CountedMessages::sized)
            .toList();
    return new ReportSubject(subject.policy(), destinations, subject.errors());
  }

  private static String sized(DmarcUri uri) {
    return uri.maximumSize().isPresent()
        ? uri.text() + "!" + uri.maximumSize().getAsLong()
        : uri.text();
  }

  /**
   * Only what many messages have in common: explanations tell of one, and would make each a row of
   * its own.
   */
  private static ReportRow common(ReportRow row) {
    return new ReportRow(
        row.source(),
        row.disposition(),
        row.dkimAligned(),
        row.spfAligned(),
        row.reasons(),
        row.headerFrom(),
        row.envelopeFrom(),
        row.envelopeTo(),
        row.dkim().stream()
            .limit(MAX_SIGNATURES)
            .map(d -> new AuthResult.Dkim(d.domain(), d.selector(), d.code(), ""))
            .distinct()
            .toList(),
        row.spf().stream()
            .map(s -> new AuthResult.Spf(s.domain(), s.scope(), s.code(), ""))
            .toList());
  }

  /** What was done, as DMARC would say it; with a reason where its owner wants something else. */
  private static Disposition done(Judgement judgement, Evaluation evaluation) {
    Policy done =
        switch (judgement.action()) {
          case ACCEPT, MARK, GREYLIST, DEFER -> Policy.NONE;
          case JUNK -> Policy.QUARANTINE;
          case REJECT -> Policy.REJECT;
        };
    boolean unexplained = done != evaluation.requested() && judgement.overrides().isEmpty();
    List<PolicyOverride> overrides =
        unexplained
            ? List.of(new PolicyOverride(OverrideType.LOCAL_POLICY, judgement.rule()))
            : judgement.overrides();
    return switch (done) {
      case NONE -> new Disposition.Accept(judgement.reason(), overrides);
      case QUARANTINE -> new Disposition.Junk(judgement.reason(), overrides);
      case REJECT -> new Disposition.Reject(judgement.reason(), overrides);
    };
  }
}
