package org.thurn.transfer.posture;

import java.util.List;
import java.util.Optional;
import org.thurn.authentication.TagList;
import org.thurn.authentication.TagListException;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.name.Domain;

/** Whether senders know whom to tell when TLS fails, RFC 8460 §3. */
record TlsRptCheck(Means means, Domain domain) implements Check {
  private static final String VERSION = "v=TLSRPTv1";

  @Override
  public Topic topic() {
    return Topic.TLS_RPT;
  }

  @Override
  public List<Observation> look() {
    Answer answer = means.ask(DnsName.of(domain).under("_smtp", "_tls"), RecordType.TXT);
    if (answer.failed()) {
      return List.of(Means.failed(Topic.TLS_RPT, answer));
    }
    List<String> texts = Texts.of(answer, VERSION);
    String record =
        "\"v=TLSRPTv1; rua=mailto:tls-reports@" + domain.ascii() + "\" at " + answer.name().text();
    if (texts.isEmpty()) {
      return List.of(
          Observation.warn(
              Topic.TLS_RPT,
              "no record",
              "Publish " + record + ": else you never learn that TLS to you fails."));
    }
    if (texts.size() > 1) {
      return List.of(
          Observation.bad(
              Topic.TLS_RPT,
              texts.size() + " records: to senders there is none",
              "Leave one (RFC 8460 §3)."));
    }
    return List.of(
        rua(texts.getFirst())
            .map(rua -> Observation.good(Topic.TLS_RPT, "reports go to " + rua))
            .orElseGet(
                () ->
                    Observation.bad(
                        Topic.TLS_RPT,
                        "a record that cannot be read: " + texts.getFirst(),
                        "Write it as " + record + ".")));
  }

  private static Optional<String> rua(String text) {
    try {
      return TagList.parse(text)
          .value("rua")
          .filter(rua -> rua.matches("(mailto|https):[^,]+(\\s*,\\s*(mailto|https):[^,]+)*"));
    } catch (TagListException _) {
      return Optional.empty();
    }
  }
}
