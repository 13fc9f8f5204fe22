package org.thurn.authentication.dmarc.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.thurn.authentication.dmarc.Words;

/**
 * Reads aggregate reports of both forms, packed or not, and as real senders write them. It takes no
 * more memory and time than its limits allow.
 */
public final class AggregateReportReader {
  /** Elements below the root, of which nearly all are records; who has more splits them. */
  static final int MAX_RECORDS = 50_000;

  private final Deviations deviations = new Deviations();
  private final NodeReader nodes = new NodeReader(deviations);
  private Optional<ReportMetadata> metadata = Optional.empty();
  private Optional<PublishedPolicy> policy = Optional.empty();
  private final List<ReportRecord> records = new ArrayList<>();

  private AggregateReportReader() {}

  /**
   * Reads a report: XML, alone or packed by gzip or zip.
   *
   * @throws ReportException if it is none that we can use
   */
  public static ReadReport read(InputStream packed) throws ReportException {
    AggregateReportReader reader = new AggregateReportReader();
    try (InputStream xml = ReportContainer.open(packed)) {
      return reader.report(LeadingSpace.skip(xml));
    } catch (IOException e) {
      throw new ReportException("the report cannot be unpacked: " + Words.of(words(e)), e);
    } catch (XMLStreamException e) {
      throw new ReportException("the report is no XML that we take: " + Words.of(words(e)), e);
    }
  }

  private static String words(Exception e) {
    Throwable cause = e.getCause() instanceof IOException io ? io : e;
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private ReadReport report(InputStream xml)
      throws XMLStreamException, ReportException, IOException {
    XmlCursor cursor = XmlCursor.open(xml);
    String root = cursor.root();
    if (!root.equals("feedback")) {
      throw new ReportException("the root element is " + Words.of(root) + ", not feedback");
    }
    String namespace = cursor.rootNamespace();
    try {
      elements(cursor);
    } catch (XmlCursor.Refused e) {
      throw e;
    } catch (XMLStreamException e) {
      // IKEA's reports of 2018 did not end an element; others are cut off. What came is told.
      if (records.isEmpty() || e.getNestedException() instanceof IOException) {
        throw e;
      }
      deviations.note("the XML is broken after " + records.size() + " records");
    }
    if (metadata.isEmpty() || policy.isEmpty()) {
      throw new ReportException(
          "there is no " + (metadata.isEmpty() ? "report_metadata" : "policy_published"));
    }
    if (records.isEmpty()) {
      deviations.note("there is no record");
    }
    boolean isNew = namespace.equals(AggregateReportWriter.NAMESPACE);
    return new ReadReport(
        new AggregateReport(metadata.get(), policy.get(), records),
        isNew ? ReportForm.RFC_9990 : ReportForm.RFC_7489,
        deviations.all());
  }

  private void elements(XmlCursor cursor) throws XMLStreamException, ReportException {
    Optional<String> next = cursor.nextName();
    for (int count = 0; next.isPresent(); count++) {
      if (count > MAX_RECORDS) {
        throw new ReportException("there are more than " + MAX_RECORDS + " records");
      }
      String name = next.get();
      if (cursor.local(name).equals("schema")) {
        // of IKEA: an element of XML Schema around everything else; we go on within it
        deviations.note("there is an element schema");
      } else if (cursor.isOurs(name)) {
        element(cursor, cursor.local(name));
      } else {
        cursor.pass();
      }
      next = cursor.nextName();
    }
  }

  private void element(XmlCursor cursor, String name) throws XMLStreamException, ReportException {
    switch (name) {
      case "report_metadata" -> metadata = Optional.of(nodes.metadata(cursor.node()));
      case "policy_published" -> policy = Optional.of(nodes.policy(cursor.node()));
      case "record" -> records.add(nodes.record(cursor.node()));
      case "version", "extension" -> cursor.pass();
      default -> {
        deviations.note("there is an unknown element " + Words.of(name));
        cursor.pass();
      }
    }
  }
}
