package org.thurn.transfer.reports;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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
import org.thurn.journey.Journey;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;
import org.thurn.queue.Agent;
import org.thurn.queue.Outcome;
import org.thurn.queue.Recipient;
import org.thurn.store.Body;
import org.thurn.time.Time;

/**
 * Delivers as another agent does, and reads what is delivered to an address for reports. Whatever
 * comes of that, the mail is in its mailbox.
 */
public final class ReportInbox implements Agent {
  /** Of a message that brings a report: packed reports are small. */
  static final int MAX_MESSAGE = 10 << 20;

  private final Agent delivery;
  private final Supplier<ReportSettings> settings;
  private final Predicate<DomainName> ours;
  private final ReceivedReports reports;
  private final Time time;

  /** A report takes up to some hundred megabytes while it is read: one at a time. */
  private final ReentrantLock reading = new ReentrantLock();

  /**
   * @param ours whether a domain is one of ours, so that others may report of it
   */
  public ReportInbox(
      Agent delivery,
      Supplier<ReportSettings> settings,
      Predicate<DomainName> ours,
      ReceivedReports reports,
      Time time) {
    this.delivery = delivery;
    this.settings = settings;
    this.ours = ours;
    this.reports = reports;
    this.time = time;
  }

  @Override
  public List<Outcome> attempt(Attempt attempt) throws InterruptedException {
    List<Outcome> outcomes = delivery.attempt(attempt);
    ReportSettings current = settings.get();
    for (int i = 0; i < outcomes.size(); i++) {
      Recipient to = attempt.recipients().get(i);
      boolean forReports = current.receivesAt(to.original()) || current.receivesAt(to.address());
      if (forReports && outcomes.get(i) instanceof Outcome.Stored) {
        read(attempt.body(), current, attempt.journey());
        break; // once, however many of its recipients are such
      }
    }
    return outcomes;
  }

  private void read(Body body, ReportSettings current, Journey journey) {
    reading.lock();
    try {
      journey.note(received(body, current));
    } catch (ReportException e) {
      journey.note(new Event.DmarcReportRefused(String.valueOf(e.getMessage())));
    } catch (IOException | RuntimeException e) {
      journey.note(new Event.Fault("reading a report", String.valueOf(e.getMessage())));
    } finally {
      reading.unlock();
    }
  }

  private Event received(Body body, ReportSettings current) throws IOException, ReportException {
    if (body.size() > MAX_MESSAGE) {
      return new Event.DmarcReportRefused("the message is larger than " + MAX_MESSAGE + " octets");
    }
    byte[] message;
    try (InputStream in = body.open()) {
      message = in.readAllBytes();
    }
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    return isFailure(headers)
        ? failure(FailureReportReader.read(message))
        : aggregate(ReceivedMail.aggregate(message), reporter(headers, current));
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
    long day = Math.floorDiv(time.now().getEpochSecond(), Duration.ofDays(1).toSeconds());
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
