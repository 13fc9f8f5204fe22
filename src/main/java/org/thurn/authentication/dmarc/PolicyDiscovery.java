package org.thurn.authentication.dmarc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.authentication.dmarc.Discovered.Found;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.time.Time;

/**
 * Finds policies and organizational domains, for one message: by walking the tree (RFC 9989 §4.10),
 * or by a list of public suffixes if the settings name one (RFC 7489 §3.2, §6.6.3). Blocks while
 * the DNS is asked, within the settings' limits; a failure of the DNS is a part of what is found.
 */
public final class PolicyDiscovery {
  private static final List<RecordType> MAIL_TYPES =
      List.of(RecordType.A, RecordType.AAAA, RecordType.MX);

  private final Questions questions;
  private final Optional<PublicSuffixes> suffixes;
  private final Map<DomainName, Discovered> known = new HashMap<>();

  public PolicyDiscovery(Resolver resolver, DmarcSettings settings, Time time) {
    this(new Questions(resolver, settings, time), settings.suffixes());
  }

  PolicyDiscovery(Questions questions, Optional<PublicSuffixes> suffixes) {
    this.questions = questions;
    this.suffixes = suffixes;
  }

  /** What applies to mail of the domain. */
  public Discovered discover(DomainName domain) {
    return known.computeIfAbsent(domain, this::look);
  }

  private Discovered look(DomainName domain) {
    return suffixes.isPresent() ? byList(domain, suffixes.get()) : TreeWalk.from(domain, questions);
  }

  private Discovered byList(DomainName domain, PublicSuffixes list) {
    DomainName organization = list.organizationalDomain(domain);
    Optional<Found> policy = Optional.empty();
    Optional<String> failure = Optional.empty();
    try {
      policy = questions.record(domain).map(record -> new Found(domain, record));
      if (policy.isEmpty()) {
        policy = questions.record(organization).map(record -> new Found(organization, record));
      }
    } catch (DnsFailure e) {
      failure = Optional.of(e.reason());
    }
    return new Discovered(domain, DiscoveryMethod.PSL, Optional.of(organization), policy, failure);
  }

  /** The organizational domain alone; asks nothing where a list knows it. */
  DomainName organization(DomainName domain) throws DnsFailure {
    if (suffixes.isPresent()) {
      return suffixes.get().organizationalDomain(domain);
    }
    Discovered discovered = discover(domain);
    if (discovered.organization().isEmpty()) {
      throw new DnsFailure(discovered.failure().orElse("the DNS did not answer"));
    }
    return discovered.organization().get();
  }

  /**
   * Whether the domain exists. For RFC 9989 §3.2.13 it does not if the DNS says so of the name,
   * whatever the type; beside the older list it is the test of RFC 9091 §2.7, that it has neither
   * an address nor an MX.
   */
  boolean exists(DomainName domain) throws DnsFailure {
    if (suffixes.isEmpty()) {
      Answer answer = questions.need(domain.name(), RecordType.A);
      return answer.status() != Answer.Status.NO_SUCH_NAME;
    }
    for (RecordType type : MAIL_TYPES) {
      if (questions.need(domain.name(), type).found()) {
        return true;
      }
    }
    return false;
  }
}
