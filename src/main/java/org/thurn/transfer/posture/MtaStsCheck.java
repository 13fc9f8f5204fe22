package org.thurn.transfer.posture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.journey.Event;
import org.thurn.name.Domain;
import org.thurn.tls.mtasts.FailureKind;
import org.thurn.tls.mtasts.Mode;
import org.thurn.tls.mtasts.PolicyFetch;
import org.thurn.tls.mtasts.PolicySource.Fetched;
import org.thurn.tls.mtasts.StsNotes;
import org.thurn.tls.mtasts.StsPolicy;
import org.thurn.tls.mtasts.StsRecord;

/** Whether the domain announces a policy of MTA-STS that does what it is for, RFC 8461. */
record MtaStsCheck(Means means, Domain domain, List<Domain> hosts) implements Check {
  /** Who can hide a policy for less than this is met more often than one would think. */
  private static final Duration SHORT = Duration.ofDays(7);

  /** Less than a check may take. */
  private static final Duration FETCH = Duration.ofSeconds(30);

  MtaStsCheck {
    hosts = List.copyOf(hosts);
  }

  /** Whether senders will ask for a policy: only a record that is right makes them. */
  static boolean isPublished(Means means, Domain domain) {
    return StsRecord.nameFor(domain)
        .map(name -> StsRecord.read(means.ask(name, RecordType.TXT)))
        .filter(StsRecord.Reading.Announced.class::isInstance)
        .isPresent();
  }

  @Override
  public Topic topic() {
    return Topic.MTA_STS;
  }

  @Override
  public List<Observation> look() {
    Optional<DnsName> name = StsRecord.nameFor(domain);
    if (name.isEmpty()) {
      return List.of(Observation.warn(Topic.MTA_STS, "the name is too long to have a policy", ""));
    }
    Answer answer = means.ask(name.get(), RecordType.TXT);
    return switch (StsRecord.read(answer)) {
      case StsRecord.Reading.Unanswered _ -> List.of(Means.failed(Topic.MTA_STS, answer));
      case StsRecord.Reading.Silent _ ->
          List.of(
              Observation.warn(
                  Topic.MTA_STS,
                  "no record",
                  "Publish a policy and announce it at "
                      + name.get().text()
                      + ": then senders that know MTA-STS insist on TLS and on the right host."));
      case StsRecord.Reading.Wrong(String why) ->
          List.of(
              Observation.bad(
                  Topic.MTA_STS,
                  "a record that counts as none: " + why,
                  "Leave one, with an id of 1 to 32 letters and digits: \"v=STSv1; id=2026;\"."));
      case StsRecord.Reading.Announced(StsRecord record) -> announced(record);
    };
  }

  private List<Observation> announced(StsRecord record) {
    PolicyFetch fetch =
        new PolicyFetch(
            means.resolver(),
            means.tls(),
            means.connector(),
            new PolicyFetch.Settings(means.settings().httpsPort(), List.of(), FETCH));
    return switch (fetch.fetch(domain, new Unnoted())) {
      case Fetched.Failed(FailureKind kind, String why) ->
          List.of(
              Observation.bad(
                  Topic.MTA_STS,
                  "announced, id " + record.id() + ", but there is no policy: " + why,
                  advice(kind)));
      case Fetched.Policy(StsPolicy policy) -> judged(record, policy);
    };
  }

  private String advice(FailureKind kind) {
    return switch (kind) {
      case FETCH ->
          "Serve it as text/plain with status 200 at https://mta-sts." + domain + PolicyFetch.PATH;
      case INVALID -> "Write the lines version, mode, mx and max_age (RFC 8461 §3.2).";
      case WEBPKI ->
          "Get a certificate for mta-sts." + domain + " from an authority that others trust.";
    };
  }

  private List<Observation> judged(StsRecord record, StsPolicy policy) {
    String kept = words(policy.lifetime());
    String text = policy.mode().word() + ", kept for " + kept + ", id " + record.id();
    List<Observation> found = new ArrayList<>();
    found.add(
        switch (policy.mode()) {
          case ENFORCE -> Observation.good(Topic.MTA_STS, text);
          case TESTING ->
              Observation.warn(
                  Topic.MTA_STS,
                  text + ": senders report failures, and deliver all the same",
                  "Set the mode to enforce when reports show that nothing fails.");
          case NONE ->
              Observation.warn(
                  Topic.MTA_STS,
                  text + ": senders insist on nothing",
                  "Set the mode to testing, then to enforce; or, when max_age is over, remove the"
                      + " record.");
        });
    if (policy.mode() != Mode.NONE) {
      lifetime(policy, kept).ifPresent(found::add);
      hosts.stream()
          .filter(host -> !policy.allows(host))
          .forEach(host -> found.add(notAllowed(policy, host)));
    }
    return found;
  }

  private static String words(Duration duration) {
    if (duration.toDays() > 1) {
      return duration.toDays() + " days";
    }
    return duration.toHours() > 1
        ? duration.toHours() + " hours"
        : duration.toSeconds() + " seconds";
  }

  private static Optional<Observation> lifetime(StsPolicy policy, String kept) {
    if (policy.lifetime().compareTo(SHORT) < 0) {
      return Optional.of(
          Observation.warn(
              Topic.MTA_STS,
              "max_age " + policy.maxAge().toSeconds() + ": forgotten after " + kept,
              "Make it a week at least, better some: so long an attacker must hide your policy."));
    }
    return policy.maxAge().compareTo(StsPolicy.LONGEST) <= 0
        ? Optional.empty()
        : Optional.of(
            Observation.warn(
                Topic.MTA_STS,
                "max_age " + policy.maxAge().toSeconds() + " is more than a year",
                "Some senders take no such policy: use "
                    + StsPolicy.LONGEST.toSeconds()
                    + " at most (RFC 8461 §3.2)."));
  }

  private static Observation notAllowed(StsPolicy policy, Domain host) {
    String text = "the policy does not allow the domain's MX " + host;
    return policy.mode() == Mode.ENFORCE
        ? Observation.bad(
            Topic.MTA_STS,
            text,
            "Add \"mx: " + host + "\" and change the id: senders do not deliver to this host.")
        : Observation.warn(Topic.MTA_STS, text, "Add \"mx: " + host + "\" and change the id.");
  }

  /** What was asked is told by what is found. */
  private static final class Unnoted implements StsNotes {
    @Override
    public void asked(Answer answer) {
      // the observation says what matters of it
    }

    @Override
    public void happened(Event event) {
      // a fetch alone tells of nothing
    }
  }
}
