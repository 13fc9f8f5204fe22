package org.thurn.transfer.posture;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.name.Domain;
import org.thurn.tls.tlsrpt.TlsRptRecord;

/** Whether senders know whom to tell when TLS fails, RFC 8460 §3. */
record TlsRptCheck(Means means, Domain domain) implements Check {
  private static final String VERSION = "v=TLSRPTv1";

  @Override
  public Topic topic() {
    return Topic.TLS_RPT;
  }

  @Override
  public List<Observation> look() {
    Optional<DnsName> name = TlsRptRecord.nameFor(domain);
    return List.of(
        name.map(this::observed)
            .orElseGet(
                () ->
                    Observation.warn(Topic.TLS_RPT, "the name is too long to have a record", "")));
  }

  private Observation observed(DnsName name) {
    Answer answer = means.ask(name, RecordType.TXT);
    List<String> texts = Texts.of(answer, VERSION);
    return switch (TlsRptRecord.read(answer)) {
      case TlsRptRecord.Reading.Unanswered _ -> Means.failed(Topic.TLS_RPT, answer);
      case TlsRptRecord.Reading.Wanted(TlsRptRecord record) ->
          Observation.good(
              Topic.TLS_RPT,
              "reports go to "
                  + record.rua().stream().map(URI::toString).collect(Collectors.joining(", ")));
      case TlsRptRecord.Reading.Wrong(String why) -> wrong(name, why, texts);
      case TlsRptRecord.Reading.Silent _ ->
          texts.isEmpty() ? silent(name) : wrong(name, "no semicolon ends its version", texts);
    };
  }

  private Observation silent(DnsName name) {
    return Observation.warn(
        Topic.TLS_RPT,
        "no record",
        "Publish " + example(name) + ": else you never learn that TLS to you fails.");
  }

  private Observation wrong(DnsName name, String why, List<String> texts) {
    return Observation.bad(
            Topic.TLS_RPT,
            "a record that counts as none: " + why,
            "Leave one, and write it as " + example(name) + ".")
        .with(texts);
  }

  private String example(DnsName name) {
    return "\"v=TLSRPTv1; rua=mailto:tls-reports@%s\" at %s".formatted(domain.ascii(), name.text());
  }
}
