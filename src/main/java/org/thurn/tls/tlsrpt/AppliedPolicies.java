package org.thurn.tls.tlsrpt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.net.Distrust;
import org.thurn.tls.dane.DaneStatus;
import org.thurn.tls.dane.TlsaData;
import org.thurn.tls.mtasts.FailureKind;
import org.thurn.tls.mtasts.Mode;
import org.thurn.tls.mtasts.MxPattern;
import org.thurn.tls.mtasts.StsPolicy;
import org.thurn.tls.mtasts.StsStatus;

/**
 * What a destination publishes of TLS towards one of its hosts, and how a session counts by it (RFC
 * 8460 §4.3). Where TLSA records decide, the MTA-STS policy was not applied and nothing is counted
 * by it; one in mode {@code testing} counts as if it were enforced; one that is announced and
 * cannot be had counts as a policy without a text, beside what was applied.
 *
 * @param domain which the mail is for
 * @param daneOnly whether the sender's own settings demand DANE here
 */
public record AppliedPolicies(
    Domain domain, Domain host, DaneStatus dane, StsStatus sts, boolean daneOnly) {

  /** How one session, or one that could not begin, counts: once for each policy. */
  public List<SessionResult> results(TlsOutcome outcome, SessionPeers peers) {
    List<SessionResult> results = new ArrayList<>();
    Optional<StsPolicy> policy = stsPolicy();
    switch (dane) {
      case DaneStatus.Usable(var records, _) ->
          judged(tlsa(records), outcome, peers).ifPresent(results::add);
      case DaneStatus.Failed _ ->
          results.add(failure(tlsa(List.of()), ResultType.DNSSEC_INVALID, outcome.words(), peers));
      case DaneStatus.Unusable unusable -> {
        results.add(byUnusable(unusable, outcome, peers));
        policy.flatMap(known -> bySts(known, outcome, peers)).ifPresent(results::add);
      }
      case DaneStatus.Absent _ ->
          (policy.isPresent() ? bySts(policy.get(), outcome, peers) : withoutPolicy(outcome, peers))
              .ifPresent(results::add);
    }
    missingPolicy(peers).ifPresent(results::add);
    return List.copyOf(results);
  }

  private static Optional<SessionResult> judged(
      ReportedPolicy policy, TlsOutcome outcome, SessionPeers peers) {
    return switch (outcome) {
      case TlsOutcome.Established(Optional<Distrust> distrust, String words) ->
          Optional.of(
              distrust
                  .map(reason -> failure(policy, type(reason), words, peers))
                  .orElseGet(() -> new SessionResult(policy, Optional.empty())));
      case TlsOutcome.NotOffered(String words) ->
          Optional.of(failure(policy, ResultType.STARTTLS_NOT_SUPPORTED, words, peers));
      case TlsOutcome.Failed(Optional<Distrust> distrust, String words) -> {
        ResultType type = distrust.map(AppliedPolicies::type).orElse(ResultType.VALIDATION_FAILURE);
        yield Optional.of(failure(policy, type, words, peers));
      }
      case TlsOutcome.Avoided _ -> Optional.empty(); // for the message's reasons, not the policy's
    };
  }

  /** Its owner should know of the records, even where TLS came about. */
  private SessionResult byUnusable(
      DaneStatus.Unusable unusable, TlsOutcome outcome, SessionPeers peers) {
    ReportedPolicy policy = tlsa(unusable.records());
    return switch (outcome) {
      case TlsOutcome.Established _, TlsOutcome.Avoided _ ->
          failure(policy, ResultType.TLSA_INVALID, unusable.why(), peers);
      case TlsOutcome.NotOffered _, TlsOutcome.Failed _ ->
          judged(policy, outcome, peers).orElseThrow();
    };
  }

  /** The policy that is known; mode {@code none} says that there is none. */
  private Optional<StsPolicy> stsPolicy() {
    return sts instanceof StsStatus.Known known && known.policy().mode() != Mode.NONE
        ? Optional.of(known.policy())
        : Optional.empty();
  }

  private Optional<SessionResult> bySts(StsPolicy known, TlsOutcome outcome, SessionPeers peers) {
    ReportedPolicy policy =
        policy(
            PolicyType.STS, known.lines(), known.mx().stream().map(MxPattern::toString).toList());
    return known.allows(host)
        ? judged(policy, outcome, peers)
        : Optional.of(
            failure(
                policy, ResultType.VALIDATION_FAILURE, "the policy does not name the host", peers));
  }

  /** Any TLS is good enough where nothing is demanded. */
  private Optional<SessionResult> withoutPolicy(TlsOutcome outcome, SessionPeers peers) {
    ReportedPolicy policy = policy(PolicyType.NO_POLICY_FOUND, List.of(), List.of());
    return switch (outcome) {
      case TlsOutcome.Established _ -> Optional.of(new SessionResult(policy, Optional.empty()));
      case TlsOutcome.NotOffered _, TlsOutcome.Failed _ -> judged(policy, outcome, peers);
      case TlsOutcome.Avoided(String words) ->
          daneOnly
              ? Optional.of(failure(policy, ResultType.DANE_REQUIRED, words, peers))
              : Optional.empty();
    };
  }

  /** The policy that is announced and cannot be had: of it nothing is known but that. */
  private Optional<SessionResult> missingPolicy(SessionPeers peers) {
    ReportedPolicy policy = policy(PolicyType.STS, List.of(), List.of());
    SessionPeers nobody = SessionPeers.none(peers.host());
    return switch (sts) {
      case StsStatus.None _ -> Optional.empty();
      case StsStatus.Unfetchable(FailureKind kind, String why) ->
          Optional.of(failure(policy, type(kind), why, nobody));
      case StsStatus.Known known ->
          known
              .trouble()
              .flatMap(
                  trouble ->
                      trouble
                          .kind()
                          .map(kind -> failure(policy, type(kind), trouble.why(), nobody)));
    };
  }

  private ReportedPolicy tlsa(List<RecordData.Tlsa> records) {
    return policy(
        PolicyType.TLSA,
        records.stream().map(TlsaData::text).sorted().toList(),
        List.of(host.ascii()));
  }

  private ReportedPolicy policy(PolicyType type, List<String> strings, List<String> hosts) {
    return new ReportedPolicy(type, strings, domain.ascii(), hosts);
  }

  private static ResultType type(FailureKind kind) {
    return switch (kind) {
      case FETCH -> ResultType.STS_POLICY_FETCH_ERROR;
      case INVALID -> ResultType.STS_POLICY_INVALID;
      case WEBPKI -> ResultType.STS_WEBPKI_INVALID;
    };
  }

  private static ResultType type(Distrust reason) {
    return switch (reason) {
      case OTHER_NAME -> ResultType.CERTIFICATE_HOST_MISMATCH;
      case EXPIRED -> ResultType.CERTIFICATE_EXPIRED;
      case UNTRUSTED -> ResultType.CERTIFICATE_NOT_TRUSTED;
      case TLSA -> ResultType.TLSA_INVALID;
    };
  }

  private static SessionResult failure(
      ReportedPolicy policy, ResultType type, String words, SessionPeers peers) {
    return new SessionResult(
        policy,
        Optional.of(
            new FailureDetails(
                type.word(),
                peers.sending().map(IpAddress::format),
                Optional.of(peers.host().ascii()),
                peers.helo(),
                peers.receiving().map(IpAddress::format),
                1,
                Optional.empty(),
                Optional.of(words).filter(text -> !text.isEmpty()))));
  }
}
