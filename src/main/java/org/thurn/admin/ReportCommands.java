package org.thurn.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;
import org.thurn.time.Time;
import org.thurn.time.UtcDay;
import org.thurn.transfer.reports.DmarcReports;
import org.thurn.transfer.reports.ReceivedReport;
import org.thurn.transfer.reports.ReceivedReports;
import org.thurn.transfer.reports.SourceSummary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code thurn reports}: what others say of our domains, and what we say of theirs. */
public final class ReportCommands {
  /** The names of so many sources are asked for, in so much time: a person waits. */
  private static final int MAX_NAMES = 50;

  private static final Duration NAMING = Duration.ofSeconds(5);
  static final int MAX_DAYS = 90;

  private final DmarcReports sent;
  private final ReceivedReports received;
  private final Resolver resolver;
  private final Time time;

  public ReportCommands(DmarcReports sent, ReceivedReports received, Resolver resolver, Time time) {
    this.sent = sent;
    this.received = received;
    this.resolver = resolver;
    this.time = time;
  }

  /** Carries out {@code reports-received} and {@code reports-outgoing}; empty for any other. */
  Optional<Outcome> handle(String command, JsonNode arguments, Answer to) throws IOException {
    return switch (command) {
      case "reports-received" -> Optional.of(received(arguments, to));
      case "reports-outgoing" -> Optional.of(outgoing(arguments, to));
      default -> Optional.empty();
    };
  }

  static Optional<String> domain(JsonNode arguments) {
    return Optional.of(arguments.path("domain").asString(""))
        .filter(text -> !text.isEmpty())
        .map(text -> text.toLowerCase(Locale.ROOT));
  }

  static boolean json(JsonNode arguments) {
    return arguments.path("json").asBoolean(false);
  }

  private Outcome received(JsonNode arguments, Answer to) throws IOException {
    Optional<String> domain = domain(arguments);
    int days = Math.clamp(arguments.path("days").asInt(30), 1, MAX_DAYS);
    Instant since = time.now().minus(Duration.ofDays(days));
    List<ReceivedReport> reports = received.reports(domain, since);
    List<SourceSummary> sources = SourceSummary.of(received, domain, since);
    long day = UtcDay.of(since);
    List<ReceivedReports.Failures> failures = received.failures(domain, day);
    if (reports.isEmpty() && failures.isEmpty()) {
      return Outcome.no(
          "nobody has reported" + domain.map(d -> " of " + d).orElse("") + " in " + days + " days");
    }
    List<Row> rows = named(sources);
    if (json(arguments)) {
      for (Row row : rows) {
        to.item(row.item());
      }
    } else {
      totals(reports, sources, to);
      advice(rows, to);
      to.text("");
      to.text(Row.HEADING);
      for (Row row : rows) {
        to.text(row.text());
      }
    }
    for (ReceivedReports.Failures one : failures) {
      ObjectNode item = JsonNodeFactory.instance.objectNode();
      item.put("domain", one.domain()).put("source", one.source());
      item.put("failureReports", one.count());
      String text =
          "%s: %d failure reports about %s".formatted(one.source(), one.count(), one.domain());
      DirectoryCommands.show(arguments, to, item, text);
    }
    return Outcome.ok("");
  }

  private static void totals(List<ReceivedReport> reports, List<SourceSummary> sources, Answer to)
      throws IOException {
    long messages = sources.stream().mapToLong(SourceSummary::messages).sum();
    long bad = sources.stream().mapToLong(SourceSummary::neither).sum();
    to.text(
        "%d reports tell of %d messages: %d pass, %d do not"
            .formatted(reports.size(), messages, messages - bad, bad));
    long unproven = reports.stream().filter(report -> report.reporter().isEmpty()).count();
    if (unproven > 0) {
      to.text(unproven + " of them do not prove who wrote them: anybody may have");
    }
  }

  private static void advice(List<Row> rows, Answer to) throws IOException {
    for (Row row : rows) {
      Optional<String> advice = row.advice();
      if (advice.isPresent()) {
        to.text("- " + advice.get());
      }
    }
  }

  private List<Row> named(List<SourceSummary> sources) {
    long start = time.ticks();
    List<Row> rows = new ArrayList<>();
    for (SourceSummary source : sources) {
      boolean ask = rows.size() < MAX_NAMES && time.ticks() - start < NAMING.toNanos();
      rows.add(new Row(source, ask ? name(source.source()) : ""));
    }
    return rows;
  }

  private String name(String source) {
    try {
      InetAddress address = IpAddress.parse(source);
      return resolver
          .ask(DnsName.reverse(address), RecordType.PTR)
          .all(RecordData.Ptr.class)
          .findFirst()
          .map(ptr -> ptr.name().text())
          .orElse("");
    } catch (NameSyntaxException _) {
      return ""; // a reporter may write anything
    }
  }

  /** One line. */
  private record Row(SourceSummary summary, String name) {
    static final String HEADING =
        "%-20s %-39s %-30s %8s %8s %8s %8s %8s  %s"
            .formatted(
                "domain",
                "source",
                "name",
                "messages",
                "dkim",
                "spf",
                "junk",
                "refused",
                "why, who reports");

    String who() {
      return name.isEmpty() ? summary.source() : summary.source() + " (" + name + ")";
    }

    Optional<String> advice() {
      return ReportAdvice.of(summary, who());
    }

    private String why() {
      String proven = String.join(" ", new TreeSet<>(summary.authenticated()));
      String reasons = String.join(" ", new TreeSet<>(summary.reasons()));
      return (proven.isEmpty() ? "proves nothing" : "proves " + proven)
          + (reasons.isEmpty() ? "" : "; " + reasons)
          + "; "
          + String.join(", ", new TreeSet<>(summary.reporters()));
    }

    String text() {
      return "%-20s %-39s %-30s %8d %8d %8d %8d %8d  %s"
          .formatted(
              summary.domain(),
              summary.source(),
              name.isEmpty() ? "-" : name,
              summary.messages(),
              summary.dkim(),
              summary.spf(),
              summary.quarantined(),
              summary.rejected(),
              why());
    }

    ObjectNode item() {
      ObjectNode item = JsonNodeFactory.instance.objectNode();
      item.put("domain", summary.domain());
      item.put("source", summary.source());
      item.put("name", name);
      item.put("messages", summary.messages());
      item.put("dkimAligned", summary.dkim());
      item.put("spfAligned", summary.spf());
      item.put("neither", summary.neither());
      item.put("quarantined", summary.quarantined());
      item.put("rejected", summary.rejected());
      item.put("policy", summary.policy().word());
      new TreeSet<>(summary.authenticated()).forEach(d -> item.withArray("proves").add(d));
      new TreeSet<>(summary.reasons()).forEach(r -> item.withArray("reasons").add(r));
      new TreeSet<>(summary.reporters()).forEach(r -> item.withArray("reporters").add(r));
      advice().ifPresent(words -> item.put("advice", words));
      return item;
    }
  }

  private Outcome outgoing(JsonNode arguments, Answer to) throws IOException {
    Optional<String> domain = domain(arguments);
    OutgoingReports shown = new OutgoingReports("messages", arguments, to);
    shown.counting(sent.counting(domain));
    shown.sent(sent.sent(domain, OutgoingReports.MAX_SENT));
    shown.lost(sent.lost());
    return shown.outcome("no message was counted for a report");
  }
}
