package org.thurn.authentication.dmarc.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.thurn.authentication.dmarc.AuthenticationCode;
import org.thurn.authentication.dmarc.OverrideType;

/**
 * Writes aggregate reports as XML in UTF-8, in either form. Every text is a stranger's: what XML
 * cannot hold is replaced.
 */
public final class AggregateReportWriter {
  /** RFC 9990 §7.1. */
  public static final String NAMESPACE = "urn:ietf:params:xml:ns:dmarc-2.0";

  /** The override types that the schema of RFC 7489 knows. */
  private static final Set<String> OLD_REASONS =
      Set.of(
          "forwarded", "sampled_out", "trusted_forwarder", "mailing_list", "local_policy", "other");

  private final XMLStreamWriter xml;
  private final ReportForm form;

  private AggregateReportWriter(XMLStreamWriter xml, ReportForm form) {
    this.xml = xml;
    this.form = form;
  }

  /** Writes the report; the stream stays open. */
  public static void write(AggregateReport report, ReportForm form, OutputStream out)
      throws IOException {
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
      new AggregateReportWriter(xml, form).report(report);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("the report cannot be written", e);
    }
  }

  private boolean isNew() {
    return form == ReportForm.RFC_9990;
  }

  private void report(AggregateReport report) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    newLine(0);
    xml.writeStartElement("feedback");
    if (isNew()) {
      xml.writeDefaultNamespace(NAMESPACE);
    }
    element(1, "version", "1.0");
    metadata(report.metadata());
    policy(report.policy());
    for (ReportRecord record : report.records()) {
      record(record);
    }
    newLine(0);
    xml.writeEndElement();
    newLine(0);
    xml.writeEndDocument();
  }

  private void metadata(ReportMetadata metadata) throws XMLStreamException {
    start(1, "report_metadata");
    element(2, "org_name", metadata.organization());
    element(2, "email", metadata.email());
    optional(2, "extra_contact_info", metadata.contact());
    element(2, "report_id", metadata.reportId());
    start(2, "date_range");
    element(3, "begin", String.valueOf(metadata.begin().getEpochSecond()));
    element(3, "end", String.valueOf(metadata.end().getEpochSecond()));
    end(2);
    if (isNew()) { // of it RFC 9990 has one, RFC 7489 any number
      optional(2, "error", String.join("; ", metadata.errors()));
      optional(2, "generator", metadata.generator());
    } else {
      for (String error : metadata.errors()) {
        optional(2, "error", error);
      }
    }
    end(1);
  }

  private void policy(PublishedPolicy policy) throws XMLStreamException {
    start(1, "policy_published");
    element(2, "domain", policy.domain());
    if (isNew() && policy.method().isPresent()) {
      element(2, "discovery_method", policy.method().get().word());
    }
    if (policy.dkimMode().isPresent()) {
      element(2, "adkim", policy.dkimMode().get().letter());
    }
    if (policy.spfMode().isPresent()) {
      element(2, "aspf", policy.spfMode().get().letter());
    }
    element(2, "p", policy.policy().word());
    if (policy.subdomains().isPresent() || !isNew()) { // RFC 7489 requires it
      element(2, "sp", policy.subdomains().orElse(policy.policy()).word());
    }
    if (isNew()) {
      if (policy.nonExistent().isPresent()) {
        element(2, "np", policy.nonExistent().get().word());
      }
      if (policy.testing().isPresent()) {
        element(2, "testing", policy.testing().get() ? "y" : "n");
      }
    } else {
      element(2, "pct", String.valueOf(policy.percentage().orElse(100)));
    }
    element(2, "fo", policy.failureOptions().isEmpty() ? "0" : policy.failureOptions());
    end(1);
  }

  private void record(ReportRecord record) throws XMLStreamException {
    ReportRow row = record.row();
    start(1, "record");
    start(2, "row");
    element(3, "source_ip", row.source());
    element(3, "count", String.valueOf(record.count()));
    start(3, "policy_evaluated");
    element(4, "disposition", disposition(row.disposition()));
    element(4, "dkim", row.dkimAligned() ? "pass" : "fail");
    element(4, "spf", row.spfAligned() ? "pass" : "fail");
    for (ReportReason reason : row.reasons()) {
      reason(reason);
    }
    end(3);
    end(2);
    identifiers(row);
    start(2, "auth_results");
    for (AuthResult.Dkim dkim : row.dkim()) {
      dkim(dkim);
    }
    for (AuthResult.Spf spf : row.spf()) {
      spf(spf);
      if (isNew()) {
        break; // RFC 9990 has one at most
      }
    }
    if (row.spf().isEmpty() && !isNew()) { // and RFC 7489 one at least
      spf(new AuthResult.Spf(row.envelopeFrom().orElse(""), "mfrom", AuthenticationCode.NONE, ""));
    }
    end(2);
    end(1);
  }

  private String disposition(ReportedDisposition disposition) {
    return switch (disposition) {
      case PASS -> isNew() ? "pass" : "none";
      case NONE, QUARANTINE, REJECT -> disposition.word();
    };
  }

  private void reason(ReportReason reason) throws XMLStreamException {
    boolean foreign = isNew() ? !isOfRfc9990(reason) : !OLD_REASONS.contains(reason.type());
    start(4, "reason");
    element(5, "type", foreign ? "other" : reason.type());
    optional(5, "comment", (foreign ? reason.type() + " " : "") + reason.comment());
    end(4);
  }

  private static boolean isOfRfc9990(ReportReason reason) {
    return OverrideType.of(reason.type()).isPresent();
  }

  private void identifiers(ReportRow row) throws XMLStreamException {
    start(2, "identifiers");
    if (row.envelopeTo().isPresent()) {
      element(3, "envelope_to", row.envelopeTo().get());
    }
    if (row.envelopeFrom().isPresent() || !isNew()) { // RFC 7489 requires it
      element(3, "envelope_from", row.envelopeFrom().orElse(""));
    }
    element(3, "header_from", row.headerFrom());
    end(2);
  }

  private void dkim(AuthResult.Dkim dkim) throws XMLStreamException {
    start(3, "dkim");
    element(4, "domain", dkim.domain());
    element(4, "selector", dkim.selector());
    element(4, "result", word(dkim.code(), AuthenticationCode.SOFTFAIL));
    optional(4, "human_result", dkim.explanation());
    end(3);
  }

  private void spf(AuthResult.Spf spf) throws XMLStreamException {
    start(3, "spf");
    element(4, "domain", spf.domain());
    if (!isNew()) {
      element(4, "scope", spf.scope().equals("helo") ? "helo" : "mfrom");
    } else if (spf.scope().equals("mfrom")) {
      element(4, "scope", "mfrom");
    }
    // RFC 7489's schema has no "policy" for SPF
    element(4, "result", isNew() ? spf.code().word() : word(spf.code(), AuthenticationCode.POLICY));
    if (isNew()) {
      optional(4, "human_result", spf.explanation());
    }
    end(3);
  }

  private static String word(AuthenticationCode code, AuthenticationCode unknown) {
    return (code == unknown ? AuthenticationCode.FAIL : code).word();
  }

  private void newLine(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  private void start(int depth, String name) throws XMLStreamException {
    newLine(depth);
    xml.writeStartElement(name);
  }

  private void end(int depth) throws XMLStreamException {
    newLine(depth);
    xml.writeEndElement();
  }

  private void optional(int depth, String name, String text) throws XMLStreamException {
    if (!text.isBlank()) {
      element(depth, name, text);
    }
  }

  private void element(int depth, String name, String text) throws XMLStreamException {
    start(depth, name);
    xml.writeCharacters(XmlText.clean(text));
    xml.writeEndElement();
  }
}
