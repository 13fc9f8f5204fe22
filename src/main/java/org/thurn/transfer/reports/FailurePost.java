package org.thurn.transfer.reports;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dkim.Outcome;
import org.thurn.authentication.dmarc.Alignment;
import org.thurn.authentication.dmarc.AppliedPolicy;
import org.thurn.authentication.dmarc.DmarcUri;
import org.thurn.authentication.dmarc.Evaluation;
import org.thurn.authentication.dmarc.report.ExternalDestinations;
import org.thurn.authentication.dmarc.report.FailureReport;
import org.thurn.authentication.dmarc.report.FailureReportWriter;
import org.thurn.authentication.dmarc.report.FailureReporting;
import org.thurn.authentication.dmarc.report.Redaction;
import org.thurn.authentication.inbound.Origin;
import org.thurn.authentication.inbound.ResultsField;
import org.thurn.authentication.results.ResultsWriter;
import org.thurn.journey.Event;
import org.thurn.message.MessageBuilder;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.net.Buckets;
import org.thurn.tls.policy.Wish;
import org.thurn.transfer.intake.JudgementObserver;
import org.thurn.transfer.policy.Judgement;

/** Tells of single messages, where an administrator wants that and the author's domain too. */
final class FailurePost implements JudgementObserver {
  /** Reports that wait for the next minute; what comes beyond is not told. */
  static final int MAX_WAITING = 100;

  /** Reports to one domain in an hour: a flood of forgeries must not become one of reports. */
  static final int PER_HOUR = 10;

  private static final int REMEMBERED = 10_000;
  private static final int KEY = 32;

  private final Supplier<ReportSettings> settings;
  private final HousePost post;
  private final Supplier<ExternalDestinations> external;
  private final Redaction redaction;
  private final Buckets<String> left;
  private final Deque<Due> waiting = new ArrayDeque<>();

  private record Due(AppliedPolicy policy, List<DmarcUri> uris, FailureReport report) {}

  FailurePost(
      Supplier<ReportSettings> settings, HousePost post, Supplier<ExternalDestinations> external) {
    this.settings = settings;
    this.post = post;
    this.external = external;
    byte[] key = new byte[KEY];
    new SecureRandom().nextBytes(key);
    redaction = new Redaction(key);
    left = new Buckets<>(PER_HOUR, Duration.ofHours(1), REMEMBERED, post.time());
  }

  @Override
  public void judged(Judged message) {
    ReportSettings current = settings.get();
    if (!current.sendFailures() || current.onlyReportsReach(message.recipients())) {
      return;
    }
    for (Evaluation evaluation : message.result().dmarc().evaluations()) {
      List<DmarcUri> uris = FailureReporting.ON.destinations(evaluation);
      Optional<AppliedPolicy> policy = evaluation.policy();
      if (!uris.isEmpty() && policy.isPresent() && left.take(policy.get().at().text())) {
        add(new Due(policy.get(), uris, report(message, evaluation, current.host())));
      }
    }
  }

  private synchronized void add(Due due) {
    if (waiting.size() < MAX_WAITING) {
      waiting.add(due);
    }
  }

  private synchronized Optional<Due> next() {
    return Optional.ofNullable(waiting.poll());
  }

  private FailureReport report(Judged message, Evaluation evaluation, Domain host) {
    Optional<Origin> origin = message.result().origin();
    return new FailureReport(
        "dmarc",
        evaluation.author().text(),
        Stream.of(Alignment.Method.values())
            .filter(method -> !evaluation.passesBy(method))
            .collect(Collectors.toSet()),
        ResultsWriter.value(ResultsField.of(host.ascii(), List.of(), message.result()))
            .replaceAll("\\s+", " "),
        origin.map(o -> IpAddress.format(o.client())).orElse(""),
        Optional.of(post.time().now()),
        origin.map(o -> o.sender().toString()).orElse(""),
        message.recipients().stream().map(Mailbox::toString).limit(1).toList(),
        message.result().dkim().stream()
            .filter(d -> d.outcome() != Outcome.PASS)
            .flatMap(d -> signature(d).stream())
            .toList(),
        "",
        delivered(message.judgement()),
        1,
        "Thurn",
        Optional.of(message.headers()));
  }

  private static Optional<FailureReport.Signature> signature(DkimResult dkim) {
    return dkim.domain()
        .map(
            domain ->
                new FailureReport.Signature(
                    domain.ascii(), dkim.identity().orElse(""), dkim.selector().orElse("")));
  }

  /** RFC 6591 §3.2.2. */
  private static String delivered(Judgement judgement) {
    return switch (judgement.action()) {
      case ACCEPT, MARK, GREYLIST, DEFER -> "delivered";
      case JUNK -> "spam";
      case REJECT -> "reject";
    };
  }

  /** Sends what waits. */
  void send() {
    for (Optional<Due> due = next(); due.isPresent(); due = next()) {
      send(due.get());
    }
  }

  private void send(Due due) {
    ReportSettings current = settings.get();
    FailureReportWriter writer = new FailureReportWriter(current.host(), current.from(), redaction);
    Destinations to =
        Destinations.of(
            external.get(),
            due.policy().at(),
            due.uris().stream()
                .limit(CountedMessages.MAX_DESTINATIONS)
                .map(DmarcUri::text)
                .toList(),
            ExternalDestinations.Kind.FAILURE);
    for (Mailbox mailbox : to.maximum().keySet()) {
      byte[] message = writer.message(due.report(), mailbox, post.time(), MessageBuilder.random());
      String subject = "DMARC failure report for " + due.report().reportedDomain();
      post.journey()
          .about(post.send(current.from(), mailbox, subject, message, Wish.USUAL))
          .note(new Event.DmarcReportSent(due.policy().at().text(), mailbox, 1));
    }
  }
}
