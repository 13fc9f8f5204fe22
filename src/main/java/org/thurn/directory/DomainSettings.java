package org.thurn.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurn.name.Mailbox;

/**
 * What an administrator set for one domain.
 *
 * @param scram whether its accounts keep SCRAM keys beside the Argon2id hash
 * @param plusAddressing whether {@code user+detail} leads to {@code user} (RFC 5233)
 * @param quota octets that an account may hold unless it has a quota of its own; empty for no limit
 * @param administrator who gets the mail of postmaster and abuse; else the domain's first account
 * @param catchAll where unknown local parts lead; empty refuses them
 * @param created the earliest domain is the server's default
 */
public record DomainSettings(
    boolean scram,
    boolean plusAddressing,
    OptionalLong quota,
    Optional<Mailbox> administrator,
    List<Mailbox> catchAll,
    Instant created) {
  public DomainSettings {
    catchAll = List.copyOf(catchAll);
  }

  /** Of a new domain. */
  public static DomainSettings fresh(Instant created) {
    return new DomainSettings(
        true, true, OptionalLong.empty(), Optional.empty(), List.of(), created);
  }

  public DomainSettings withScram(boolean on) {
    return new DomainSettings(on, plusAddressing, quota, administrator, catchAll, created);
  }

  public DomainSettings withPlusAddressing(boolean on) {
    return new DomainSettings(scram, on, quota, administrator, catchAll, created);
  }

  public DomainSettings withQuota(OptionalLong octets) {
    return new DomainSettings(scram, plusAddressing, octets, administrator, catchAll, created);
  }

  public DomainSettings withAdministrator(Optional<Mailbox> address) {
    return new DomainSettings(scram, plusAddressing, quota, address, catchAll, created);
  }

  public DomainSettings withCatchAll(List<Mailbox> targets) {
    return new DomainSettings(scram, plusAddressing, quota, administrator, targets, created);
  }
}
