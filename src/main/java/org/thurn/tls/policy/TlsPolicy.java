package org.thurn.tls.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.tls.dane.DaneStatus;
import org.thurn.tls.mtasts.Mode;
import org.thurn.tls.mtasts.StsPolicy;
import org.thurn.tls.mtasts.StsStatus;

/**
 * What one message demands of TLS towards one destination; {@link #of} says it of each of its
 * hosts.
 *
 * @param nextHop the destination's domain, or the host itself where the administrator names it
 * @param namesProven whether nobody can have put another host in: its name came by signed MX
 *     records (RFC 7672 §2.2.1), is the domain's own, or stands in the settings
 * @param level what the administrator demands
 * @param wish what the message asks for
 * @param sts what is known of the domain's MTA-STS policy
 */
public record TlsPolicy(Host nextHop, boolean namesProven, Level level, Wish wish, StsStatus sts) {
  /** Of a host that somebody else can have put in, TLSA records say nothing. */
  private static final DaneStatus UNPROVEN = new DaneStatus.Absent("the MX records are not signed");

  /** Whether the domain's MTA-STS policy can matter. */
  public static boolean asksSts(Level level, Wish wish) {
    return switch (level) {
      case NONE, DANE_ONLY -> false;
      case OPPORTUNISTIC -> wish != Wish.NOT_REQUIRED;
      case ENCRYPT, VERIFY -> true;
    };
  }

  /** Whether what the destination publishes is held against this message. */
  private boolean minds() {
    return level != Level.NONE && !(level == Level.OPPORTUNISTIC && wish == Wish.NOT_REQUIRED);
  }

  /**
   * Whether TLS reports tell of it. They go as {@code TLS-Required: No} themselves, so that no
   * report has to tell of another.
   */
  public boolean counts() {
    return level != Level.NONE && wish != Wish.NOT_REQUIRED;
  }

  /** Whether a host's TLSA records can matter. */
  public boolean asksTlsa() {
    return namesProven && minds();
  }

  /** Decides of a host that has no name: it has no TLSA records, and no certificate is for it. */
  public HostPolicy ofAddress() {
    boolean required = wish == Wish.REQUIRED;
    return switch (level) {
      case NONE, OPPORTUNISTIC, ENCRYPT ->
          required
              ? new HostPolicy.Avoid(
                  true, Basis.MESSAGE, "the message demands TLS (REQUIRETLS) to a proven host")
              : withoutDemands(level, "it is an address");
      case VERIFY, DANE_ONLY -> avoid(Basis.LOCAL, "no certificate proves an address");
    };
  }

  private static HostPolicy withoutDemands(Level level, String why) {
    return switch (level) {
      case NONE ->
          new HostPolicy.Use(Requirement.Clear.INSTANCE, Basis.LOCAL, "TLS is switched off here");
      case ENCRYPT ->
          new HostPolicy.Use(
              Requirement.Encrypted.INSTANCE, Basis.LOCAL, "encryption is demanded here");
      case OPPORTUNISTIC, VERIFY, DANE_ONLY ->
          new HostPolicy.Use(
              Requirement.Opportunistic.INSTANCE, Basis.NOTHING, "nothing is demanded: " + why);
    };
  }

  /**
   * Decides of one host.
   *
   * @param tlsa what the host's TLSA records say; anything where {@link #asksTlsa} is false
   */
  public HostPolicy of(Domain host, DaneStatus tlsa) {
    if (wish == Wish.REQUIRED && level == Level.NONE) {
      return new HostPolicy.Avoid(
          true, Basis.MESSAGE, "the message demands TLS (REQUIRETLS), which is switched off here");
    }
    if (level == Level.NONE) {
      return withoutDemands(level, "");
    }
    if (!minds()) {
      // RFC 8689 §5: what the destination publishes is not held against this message
      return new HostPolicy.Use(
          Requirement.Opportunistic.INSTANCE, Basis.MESSAGE, "the message says TLS-Required: No");
    }
    return switch (namesProven ? tlsa : UNPROVEN) {
      case DaneStatus.Usable usable -> byTlsa(host, usable);
      case DaneStatus.Failed(Answer answer) -> avoid(Basis.TLSA, failure(answer));
      case DaneStatus.Unusable(_, _, String why) -> withoutTlsa(host, why, true);
      case DaneStatus.Absent(String why) -> withoutTlsa(host, why, false);
    };
  }

  private HostPolicy byTlsa(Domain host, DaneStatus.Usable usable) {
    Set<DnsName> names = new HashSet<>(Set.of(DnsName.of(host)));
    names.add(usable.base());
    if (nextHop instanceof Domain domain) {
      names.add(DnsName.of(domain));
    }
    return new HostPolicy.Use(
        new Requirement.Dane(usable.base(), usable.records(), names),
        Basis.TLSA,
        "signed TLSA records of " + usable.base().text());
  }

  /**
   * Without a TLSA record that can be used.
   *
   * @param encrypt whether there are some all the same: then nothing goes in the clear (RFC 7672
   *     §2.2)
   */
  private HostPolicy withoutTlsa(Domain host, String why, boolean encrypt) {
    if (level == Level.DANE_ONLY) {
      return avoid(Basis.LOCAL, "only DANE is trusted here, and: " + why);
    }
    if (sts instanceof StsStatus.Known known && known.policy().mode() == Mode.ENFORCE) {
      return enforced(host, known.policy());
    }
    if (wish == Wish.REQUIRED) {
      return required(host, why);
    }
    if (level == Level.VERIFY) {
      return namesProven
          ? verified(List.of(host), Basis.LOCAL, "certificates are demanded here")
          : verified(
              ownNames(host),
              Basis.LOCAL,
              "certificates are demanded here, and nothing proves that " + host + " is its host");
    }
    if (encrypt) {
      return new HostPolicy.Use(Requirement.Encrypted.INSTANCE, Basis.TLSA, why);
    }
    return withoutDemands(level, why);
  }

  /** RFC 8461 §4.1 and §4.2. */
  private HostPolicy enforced(Domain host, StsPolicy policy) {
    String whose = "the MTA-STS policy of " + nextHop;
    return policy.allows(host)
        ? verified(List.of(host), Basis.STS, whose)
        : avoid(Basis.STS, whose + " does not name the host " + host.unicode());
  }

  /** RFC 8689 §4.2.1, where neither DANE nor MTA-STS speaks. */
  private HostPolicy required(Domain host, String why) {
    return namesProven
        ? verified(List.of(host), Basis.MESSAGE, "the message demands TLS (REQUIRETLS)")
        : new HostPolicy.Avoid(
            true,
            Basis.MESSAGE,
            "the message demands TLS (REQUIRETLS) to a proven host: "
                + why
                + ", and there is no MTA-STS policy");
  }

  /** Without proof of the host only a certificate of the domain itself will do. */
  private List<Domain> ownNames(Domain host) {
    if (!(nextHop instanceof Domain domain)) {
      return List.of(host);
    }
    return host.isWithin(domain) ? List.of(host, domain) : List.of(domain);
  }

  private static HostPolicy verified(List<Domain> names, Basis basis, String reason) {
    return new HostPolicy.Use(
        new Requirement.Verified(names.stream().distinct().toList()), basis, reason);
  }

  private static String failure(Answer answer) {
    return "the DNS could not say the %s of %s: %s"
        .formatted(answer.type(), answer.name(), answer.explanation());
  }

  private static HostPolicy avoid(Basis basis, String reason) {
    return new HostPolicy.Avoid(false, basis, reason);
  }
}
