package org.thurn.admin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.thurn.authentication.dmarc.Words;
import org.thurn.time.Time;
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.PolicyResult;
import org.thurn.tls.tlsrpt.ReportedPolicy;
import org.thurn.transfer.tlsreports.PendingPost;
import org.thurn.transfer.tlsreports.ReceivedTlsReport;
import org.thurn.transfer.tlsreports.ReceivedTlsReports;
import org.thurn.transfer.tlsreports.TlsReports;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code thurn reports tls}: how TLS to our hosts goes, as others see it, and to theirs. */
public final class TlsReportCommands {
  /** Reports that a person is shown; JSON has them all. */
  static final int MAX_SHOWN = 500;

  private static final Comparator<ReceivedTlsReport> NEWEST =
      Comparator.comparing((ReceivedTlsReport one) -> one.report().start())
          .reversed()
          .thenComparing(ReceivedTlsReport::domain)
          .thenComparing(one -> one.report().organization());

  private final TlsReports sent;
  private final ReceivedTlsReports received;
  private final Time time;

  public TlsReportCommands(TlsReports sent, ReceivedTlsReports received, Time time) {
    this.sent = sent;
    this.received = received;
    this.time = time;
  }

  /** Carries out {@code tls-reports-received} and {@code -outgoing}; empty for any other. */
  Optional<Outcome> handle(String command, JsonNode arguments, Answer to) throws IOException {
    return switch (command) {
      case "tls-reports-received" -> Optional.of(received(arguments, to));
      case "tls-reports-outgoing" -> Optional.of(outgoing(arguments, to));
      default -> Optional.empty();
    };
  }

  private Outcome received(JsonNode arguments, Answer to) throws IOException {
    Optional<String> domain = ReportCommands.domain(arguments);
    int days = Math.clamp(arguments.path("days").asInt(30), 1, ReportCommands.MAX_DAYS);
    Instant since = time.now().minus(Duration.ofDays(days));
    boolean json = ReportCommands.json(arguments);
    Totals totals = new Totals();
    received.read(
        domain,
        since,
        one -> {
          totals.add(one);
          if (json) {
            to.item(item(one));
          }
        });
    if (totals.reports == 0) {
      return Outcome.no(
          "nobody has reported on TLS"
              + domain.map(d -> " to " + d).orElse("")
              + " in "
              + days
              + " days");
    }
    if (!json) {
      totals.show(to);
    }
    return Outcome.ok("");
  }

  /** What all reports say together, and the newest of them. */
  private static final class Totals {
    private final PriorityQueue<ReceivedTlsReport> newest = new PriorityQueue<>(NEWEST.reversed());
    private int reports;
    private int unproven;
    private long successes;
    private long failures;

    void add(ReceivedTlsReport one) {
      reports++;
      unproven += one.reporter().isEmpty() ? 1 : 0;
      for (PolicyResult result : one.report().policies()) {
        successes = sum(successes, result.successes());
        failures = sum(failures, result.failures());
      }
      newest.add(one);
      if (newest.size() > MAX_SHOWN) {
        newest.poll();
      }
    }

    /** No more than a long holds: a stranger may have written any count. */
    private static long sum(long a, long b) {
      return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    void show(Answer to) throws IOException {
      to.text(
          "%d reports: %d sessions went well, %d failed".formatted(reports, successes, failures));
      if (unproven > 0) {
        to.text(unproven + " of them came by HTTPS, where nobody proves who writes");
      }
      if (reports > newest.size()) {
        to.text("the newest " + newest.size() + " of them:");
      }
      for (ReceivedTlsReport one : newest.stream().sorted(NEWEST).toList()) {
        TlsReportCommands.show(one, to);
      }
    }
  }

  private static void show(ReceivedTlsReport one, Answer to) throws IOException {
    to.text("");
    to.text(
        "%s, %s to %s, from %s%s"
            .formatted(
                one.domain(),
                one.report().start(),
                one.report().end(),
                one.report().organization(),
                one.reporter().isEmpty() ? "" : ", signed by " + one.reporter()));
    for (PolicyResult result : one.report().policies()) {
      to.text(
          "  %s: %d sessions went well, %d failed"
              .formatted(policy(result.policy()), result.successes(), result.failures()));
      for (FailureDetails details : result.details()) {
        to.text("  - " + text(details));
      }
    }
    if (one.omitted() > 0) {
      to.text("  " + one.omitted() + " more kinds of failures had no room");
    }
  }

  private static String policy(ReportedPolicy policy) {
    String kind =
        switch (policy.type()) {
          case TLSA -> "DANE";
          case STS -> "MTA-STS";
          case NO_POLICY_FOUND -> "without a policy";
        };
    return policy.mxHosts().isEmpty()
        ? kind
        : kind + " (" + String.join(", ", policy.mxHosts()) + ")";
  }

  private static String text(FailureDetails details) {
    StringBuilder text = new StringBuilder();
    text.append(details.failedSessions()).append(" × ").append(details.resultType());
    details.receivingHost().ifPresent(host -> text.append(" at ").append(host));
    details.receivingAddress().ifPresent(at -> text.append(" [").append(at).append(']'));
    details.sendingAddress().ifPresent(from -> text.append(", from [").append(from).append(']'));
    details.reasonCode().ifPresent(why -> text.append(", \"").append(why).append('"'));
    details.additionalInformation().ifPresent(more -> text.append(", see ").append(more));
    return text.append(": ").append(ResultAdvice.of(details.resultType())).toString();
  }

  private static ObjectNode item(ReceivedTlsReport one) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    item.put("domain", one.domain());
    item.put("organization", one.report().organization());
    item.put("contact", one.report().contact());
    item.put("signedBy", one.reporter());
    item.put("begin", one.report().start().toString()).put("end", one.report().end().toString());
    item.put("received", one.at().toString());
    for (PolicyResult result : one.report().policies()) {
      ObjectNode policy = item.withArray("policies").addObject();
      policy.put("type", result.policy().type().word());
      result.policy().mxHosts().forEach(host -> policy.withArray("mx").add(host));
      policy.put("successes", result.successes()).put("failures", result.failures());
      result.details().forEach(details -> policy.withArray("details").add(item(details)));
    }
    return item.put("omitted", one.omitted());
  }

  private static ObjectNode item(FailureDetails details) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    item.put("result", details.resultType()).put("sessions", details.failedSessions());
    details.receivingHost().ifPresent(host -> item.put("host", host));
    details.receivingHelo().ifPresent(helo -> item.put("helo", helo));
    details.receivingAddress().ifPresent(address -> item.put("address", address));
    details.sendingAddress().ifPresent(address -> item.put("from", address));
    details.reasonCode().ifPresent(reason -> item.put("reason", reason));
    details.additionalInformation().ifPresent(more -> item.put("more", more));
    return item.put("advice", ResultAdvice.of(details.resultType()));
  }

  private Outcome outgoing(JsonNode arguments, Answer to) throws IOException {
    Optional<String> domain = ReportCommands.domain(arguments);
    OutgoingReports shown = new OutgoingReports("sessions", arguments, to);
    shown.counting(sent.counting(domain));
    for (PendingPost one : sent.pending(domain)) {
      ObjectNode item = JsonNodeFactory.instance.objectNode();
      item.put("domain", one.domain()).put("day", one.date().toString()).put("state", "waiting");
      item.put("to", Words.of(one.to())).put("attempts", one.attempts());
      item.put("next", one.next().toString());
      String text =
          "%-30s %s  waiting   for %s, %d attempts failed, next at %s"
              .formatted(one.domain(), one.date(), Words.of(one.to()), one.attempts(), one.next());
      DirectoryCommands.show(arguments, to, item, text);
    }
    shown.sent(sent.sent(domain, OutgoingReports.MAX_SENT));
    shown.lost(sent.lost());
    return shown.outcome("no TLS session was counted for a report");
  }
}
