package org.thurn.transfer.posture;

import java.util.List;
import java.util.Optional;
import org.thurn.authentication.TagList;
import org.thurn.authentication.TagListException;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.name.Domain;

/** Whether the domain announces a policy of MTA-STS, RFC 8461 §3.1. The policy is not fetched. */
record MtaStsCheck(Means means, Domain domain) implements Check {
  private static final String VERSION = "v=STSv1";

  private static Answer ask(Means means, Domain domain) {
    return means.ask(DnsName.of(domain).under("_mta-sts"), RecordType.TXT);
  }

  /** Whether senders will ask for a policy: only a record that is right makes them. */
  static boolean isPublished(Means means, Domain domain) {
    List<String> texts = Texts.of(ask(means, domain), VERSION);
    return texts.size() == 1 && id(texts.getFirst()).isPresent();
  }

  @Override
  public Topic topic() {
    return Topic.MTA_STS;
  }

  @Override
  public List<Observation> look() {
    Answer answer = ask(means, domain);
    if (answer.failed()) {
      return List.of(Means.failed(Topic.MTA_STS, answer));
    }
    List<String> texts = Texts.of(answer, VERSION);
    if (texts.isEmpty()) {
      return List.of(
          Observation.warn(
              Topic.MTA_STS,
              "no record",
              "Publish a policy and announce it at "
                  + answer.name().text()
                  + ": then senders that know MTA-STS insist on TLS and on the right host."));
    }
    if (texts.size() > 1) {
      return List.of(
          Observation.bad(
              Topic.MTA_STS,
              texts.size() + " records: to senders there is none",
              "Leave one (RFC 8461 §3.1)."));
    }
    return List.of(
        id(texts.getFirst())
            .map(id -> Observation.good(Topic.MTA_STS, "announced, id " + id))
            .orElseGet(
                () ->
                    Observation.bad(
                        Topic.MTA_STS,
                        "a record that cannot be read: " + texts.getFirst(),
                        "It needs an id of 1 to 32 letters and digits: \"v=STSv1; id=2026;\".")));
  }

  private static Optional<String> id(String text) {
    try {
      return TagList.parse(text).value("id").filter(id -> id.matches("[A-Za-z0-9]{1,32}"));
    } catch (TagListException _) {
      return Optional.empty();
    }
  }
}
