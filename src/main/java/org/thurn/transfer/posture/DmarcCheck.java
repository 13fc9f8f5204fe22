package org.thurn.transfer.posture;

import java.util.ArrayList;
import java.util.List;
import org.thurn.authentication.dmarc.Discovered;
import org.thurn.authentication.dmarc.DmarcRecord;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.dmarc.DmarcUri;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.Policy;
import org.thurn.authentication.dmarc.PolicyDiscovery;
import org.thurn.authentication.dmarc.report.ExternalDestinations;
import org.thurn.authentication.dmarc.report.ExternalDestinations.Kind;
import org.thurn.authentication.dmarc.report.ExternalDestinations.Verification;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.name.Domain;

/** What the domain asks to be done with forgeries, RFC 9989, and who hears of them, RFC 9990. */
record DmarcCheck(Means means, Domain domain) implements Check {
  @Override
  public Topic topic() {
    return Topic.DMARC;
  }

  @Override
  public List<Observation> look() {
    Answer answer = means.ask(DnsName.of(domain).under(DmarcRecord.LABEL), RecordType.TXT);
    if (answer.failed()) {
      return List.of(Means.failed(Topic.DMARC, answer));
    }
    List<String> texts = DmarcRecord.among(answer);
    if (texts.size() > 1) {
      return List.of(
          Observation.bad(
                  Topic.DMARC,
                  texts.size() + " records: to receivers there is none",
                  "Leave one (RFC 9989 §4.10).")
              .with(texts.stream().sorted().toList()));
    }
    Discovered discovered =
        new PolicyDiscovery(means.resolver(), DmarcSettings.DEFAULT, means.time())
            .discover(DomainName.of(domain));
    if (discovered.policy().isPresent()) {
      Discovered.Found found = discovered.policy().get();
      return List.of(policy(found), reports(found));
    }
    return List.of(
        discovered
            .failure()
            .map(why -> Observation.unknown(Topic.DMARC, why, "Try again."))
            .orElseGet(
                () ->
                    Observation.bad(
                        Topic.DMARC,
                        "no record: forgeries are nobody's business",
                        "Begin with TXT \"v=DMARC1; p=none; rua=mailto:dmarc@"
                            + domain.ascii()
                            + "\" at "
                            + answer.name().text()
                            + ", and go on to p=reject when the reports show only your own"
                            + " mail.")));
  }

  private Observation policy(Discovered.Found found) {
    DmarcRecord record = found.record();
    boolean own = found.at().text().equals(domain.ascii());
    String text = record.text() + (own ? "" : " (of " + found.at() + ")");
    if (!record.mistakes().isEmpty() || !record.applies()) {
      return Observation.bad(
          Topic.DMARC,
          text + "; " + String.join("; ", record.mistakes()),
          "Mend it: receivers leave out what is wrong, or all of it (RFC 9989 §4.7).");
    }
    Policy asked = own ? record.forDomain() : record.forSubdomains();
    Policy effective = record.testing() ? asked.oneLevelBelow() : asked;
    if (effective == Policy.NONE) {
      return Observation.warn(
          Topic.DMARC,
          text + (record.testing() ? "; only a test (t=y)" : ""),
          "It only watches. Go on to p=quarantine and p=reject when the reports show only your own"
              + " mail.");
    }
    Policy below = weaker(record.forSubdomains(), record.forNonExistent());
    return below.compareTo(asked) < 0
        ? Observation.warn(
            Topic.DMARC,
            text + "; weaker for domains below it",
            "Raise sp= and np=: forgers take a name below yours.")
        : Observation.good(Topic.DMARC, text);
  }

  private static Policy weaker(Policy one, Policy other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Observation reports(Discovered.Found found) {
    List<DmarcUri> destinations = found.record().aggregateReports();
    if (destinations.isEmpty()) {
      return Observation.warn(
          Topic.DMARC_REPORTS,
          "nobody gets any",
          "Add rua=mailto:…: else you do not see who sends in your name, and whether your own mail"
              + " passes.");
    }
    ExternalDestinations external =
        new ExternalDestinations(means.resolver(), DmarcSettings.DEFAULT, means.time());
    List<String> lines = new ArrayList<>();
    boolean refused = false;
    boolean unsure = false;
    for (DmarcUri uri : destinations) {
      Verification verification = external.verify(found.at(), uri, Kind.AGGREGATE);
      refused |= verification instanceof Verification.Refused;
      unsure |= verification instanceof Verification.Unknown;
      lines.add(uri + ": " + words(verification));
    }
    String text = String.join("; ", lines);
    if (refused) {
      return Observation.bad(
          Topic.DMARC_REPORTS,
          text,
          "Have whoever is to get them publish the record that allows it (RFC 9990 §4), or name"
              + " somebody else.");
    }
    return unsure
        ? Observation.unknown(Topic.DMARC_REPORTS, text, "Try again.")
        : Observation.good(Topic.DMARC_REPORTS, text);
  }

  private static String words(Verification verification) {
    return switch (verification) {
      case Verification.Internal _ -> "its own";
      case Verification.Authorized _ -> "somebody else's, who agrees";
      case Verification.Replaced(List<DmarcUri> uris) ->
          "somebody else's, who wants them at "
              + String.join(", ", uris.stream().map(DmarcUri::text).toList());
      case Verification.Refused(String reason) -> reason;
      case Verification.Unknown(String reason) -> reason;
    };
  }
}
