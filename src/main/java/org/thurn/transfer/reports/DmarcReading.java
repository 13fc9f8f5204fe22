package org.thurn.transfer.reports;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.Words;
import org.thurn.authentication.dmarc.report.FailureReport;
import org.thurn.authentication.dmarc.report.FailureReportReader;
import org.thurn.authentication.dmarc.report.ReadReport;
import org.thurn.authentication.dmarc.report.ReceivedMail;
import org.thurn.authentication.dmarc.report.ReportException;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.Method;
import org.thurn.authentication.results.MethodResult;
import org.thurn.authentication.results.ResultsParser;
import org.thurn.authentication.results.ResultsSyntaxException;
import org.thurn.journey.Event;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.time.Time;
import org.thurn.time.UtcDay;

/** Reads DMARC's reports, aggregate ones and those of failures. */
public final class DmarcReading implements ReportReading {
  private final Supplier<ReportSettings> settings;
  private final Predicate<DomainName> ours;
  private final ReceivedReports reports;
  private final Time time;

  /**
   * @param ours whether a domain is one of ours, so that others may report of it
   */
  public DmarcReading(
      Supplier<ReportSettings> settings,
      Predicate<DomainName> ours,
      ReceivedReports reports,
      Time time) {
    this.settings = settings;
    this.ours = ours;
    this.reports = reports;
    this.time = time;
  }

  @Override
  public boolean receivesAt(Mailbox address) {
    return settings.get().receivesAt(address);
  }

  @Override
  public Event refused(String why) {
    return new Event.DmarcReportRefused(why);
  }

  @Override
  public Event read(byte[] message) {
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    try {
      return isFailure(headers)
          ? failure(FailureReportReader.read(message))
          : aggregate(ReceivedMail.aggregate(message), reporter(headers, settings.get()));
    } catch (ReportException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isFailure(Headers headers) {
    return headers
        .first("Content-Type")
        .filter(field -> field.unfolded().contains("feedback-report"))
        .isPresent();
  }

  private Event aggregate(ReadReport read, String reporter) {
    String text = read.report().policy().domain();
    Optional<DomainName> domain = DomainName.parse(text).filter(ours);
    if (domain.isEmpty()) {
      return new Event.DmarcReportRefused("it is about " + Words.of(text) + ", not about us");
    }
    ReceivedReport summary = ReceivedReports.summary(read, reporter, time.now());
    return switch (reports.add(summary.about(domain.get().text()), read.report().records())) {
      case STORED ->
          new Event.DmarcReportReceived(
              summary.organization(), domain.get().text(), summary.messages());
      case KNOWN -> new Event.DmarcReportRefused("it came before: " + summary.id());
      case NO_ROOM -> new Event.DmarcReportRefused("there is no room for more reports");
    };
  }

  private Event failure(FailureReport report) {
    Optional<DomainName> domain = DomainName.parse(report.reportedDomain()).filter(ours);
    if (domain.isEmpty()) {
      return new Event.DmarcReportRefused(
          "it is about " + Words.of(report.reportedDomain()) + ", not about us");
    }
    String source;
    try {
      source = IpAddress.format(IpAddress.parse(report.source()));
    } catch (NameSyntaxException _) {
      return new Event.DmarcReportRefused("its source is no address");
    }
    long day = UtcDay.of(time.now());
    reports.failed(day, domain.get().text(), source, report.incidents());
    return new Event.DmarcReportReceived(
        "failure report from " + source, domain.get().text(), report.incidents());
  }

  /** Whose report it is, as our own check of the mail has written into it; or "". */
  private static String reporter(Headers headers, ReportSettings current) {
    return headers
        .first(AuthenticationResults.NAME)
        .flatMap(
            field -> {
              try {
                return Optional.of(ResultsParser.parse(field));
              } catch (ResultsSyntaxException _) {
                return Optional.empty(); // not ours: we write what we can read
              }
            })
        .filter(results -> results.authservId().equalsIgnoreCase(current.host().ascii()))
        .flatMap(results -> results.first(Method.DMARC.word()))
        .filter(MethodResult::isPass)
        .flatMap(dmarc -> dmarc.value("header", "from"))
        .map(Words::of)
        .orElse("");
  }
}
