package org.thurn.authentication.dmarc.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.dmarc.Discovered;
import org.thurn.authentication.dmarc.DmarcRecord;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.dmarc.DmarcSyntaxException;
import org.thurn.authentication.dmarc.DmarcUri;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.PolicyDiscovery;
import org.thurn.authentication.dmarc.Words;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.time.Time;

/**
 * Verifies that those whom a record would have us send reports to want them: RFC 9990 §4. Otherwise
 * anybody could have the whole world report to a victim. Blocks while the DNS is asked, within the
 * settings' limits for each destination. Safe for many threads.
 */
public final class ExternalDestinations {
  private static final String LABELS = "._report._dmarc.";
  private static final int MAX_NAME = 253;

  private final Resolver resolver;
  private final DmarcSettings settings;
  private final Time time;

  /** Which kind of report it is about, and so which tag of the confirming record counts. */
  public enum Kind {
    /** {@code rua}. */
    AGGREGATE,
    /** {@code ruf}, RFC 9991 §5. */
    FAILURE
  }

  /** What came of one destination. */
  public sealed interface Verification {
    /** It lies in the organization whose policy it is. */
    record Internal(DmarcUri uri) implements Verification {}

    /** It is somebody else's, who agrees. */
    record Authorized(DmarcUri uri) implements Verification {}

    /** Somebody else's, who agrees and names others at the same host instead. */
    record Replaced(List<DmarcUri> uris) implements Verification {
      public Replaced {
        uris = List.copyOf(uris);
      }
    }

    /** Nothing may be sent there. */
    record Refused(String reason) implements Verification {}

    /** The DNS did not say; ask again later. */
    record Unknown(String reason) implements Verification {}
  }

  public ExternalDestinations(Resolver resolver, DmarcSettings settings, Time time) {
    this.resolver = resolver;
    this.settings = settings;
    this.time = time;
  }

  /**
   * Verifies one destination.
   *
   * @param policyDomain where the record stands
   */
  public Verification verify(DomainName policyDomain, DmarcUri uri, Kind kind) {
    Optional<DomainName> host = uri.host();
    if (host.isEmpty()) {
      return new Verification.Refused("there is no host in " + Words.of(uri));
    }
    if (host.get().equals(policyDomain)) {
      return new Verification.Internal(uri);
    }
    PolicyDiscovery discovery = new PolicyDiscovery(resolver, settings, time);
    Discovered ours = discovery.discover(policyDomain);
    Discovered theirs = discovery.discover(host.get());
    if (ours.organization().isEmpty() || theirs.organization().isEmpty()) {
      return new Verification.Unknown(
          ours.failure().or(theirs::failure).orElse("the DNS did not answer"));
    }
    return ours.organization().equals(theirs.organization())
        ? new Verification.Internal(uri)
        : external(policyDomain, host.get(), uri, kind);
  }

  private Verification external(DomainName policyDomain, DomainName host, DmarcUri uri, Kind kind) {
    String name = policyDomain + LABELS + host;
    if (name.length() > MAX_NAME) { // step 4
      return new Verification.Refused("the name that would confirm it is longer than names may be");
    }
    Answer answer = resolver.ask(new DnsName(name), RecordType.TXT);
    if (answer.failed()) { // step 5
      return new Verification.Unknown("the DNS did not answer for TXT of " + Words.of(name));
    }
    List<DmarcRecord> records = records(answer);
    if (records.isEmpty()) { // step 7
      return new Verification.Refused("no record at " + Words.of(name) + " says that it may be");
    }
    List<DmarcUri> others =
        records.stream()
            .flatMap(
                record ->
                    switch (kind) {
                      case AGGREGATE -> record.aggregateReports().stream();
                      case FAILURE -> record.failureReports().stream();
                    })
            .toList();
    if (others.isEmpty()) { // step 8
      return new Verification.Authorized(uri);
    }
    boolean same = others.stream().allMatch(other -> other.host().equals(Optional.of(host)));
    return same // step 9
        ? new Verification.Replaced(others)
        : new Verification.Refused("the record at " + Words.of(name) + " names another host");
  }

  /** Step 6. */
  private static List<DmarcRecord> records(Answer answer) {
    List<DmarcRecord> records = new ArrayList<>();
    for (String text : DmarcRecord.among(answer)) {
      try {
        records.add(DmarcRecord.parse(text));
      } catch (DmarcSyntaxException e) {
        throw new IllegalStateException("what begins as a record is one", e);
      }
    }
    return records;
  }
}
