package org.thurn.lab;

import static java.util.stream.Collectors.toSet;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.LocalPolicy;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.server.Settings;
import org.thurn.server.StsSettings;
import org.thurn.tls.mtasts.Mode;
import org.thurn.tls.mtasts.StsRecord;
import org.thurn.tls.tlsrpt.TlsRptRecord;
import org.thurn.transfer.policy.Action;
import org.thurn.transfer.policy.Finding;
import org.thurn.transfer.policy.PolicyPage;

/**
 * One domain of the lab: what it is like, and where it lives. Each is a complete server with its
 * own address, store, queue and sockets.
 */
enum LabDomain {
  STRICT(
      "strict.example",
      "127.25.0.1",
      "Does everything right: DNSSEC, TLSA, MTA-STS enforce, SPF -all, DMARC p=reject.",
      true,
      true,
      "v=spf1 ip4:127.25.0.1 -all",
      "v=DMARC1; p=reject"),
  SOFT(
      "soft.example",
      "127.25.0.2",
      "Means well and is not sure: SPF ~all, DMARC p=none.",
      true,
      true,
      "v=spf1 ip4:127.25.0.2 ~all",
      "v=DMARC1; p=none"),
  PLAIN(
      "plain.example",
      "127.25.0.3",
      "The old days: MX, A and PTR; no SPF, DKIM, DMARC, DNSSEC or TLS.",
      false,
      false,
      "",
      ""),
  LIST(
      "list.example",
      "127.25.0.4",
      "Forwards for others: its alias all@list.example leads to the other domains.",
      true,
      true,
      "v=spf1 ip4:127.25.0.4 -all",
      "v=DMARC1; p=none"),
  MALLORY(
      "mallory.example",
      "127.25.0.5",
      "The attacker, with a domain that looks as good as any.",
      true,
      false,
      "v=spf1 ip4:127.25.0.5 -all",
      "");

  private static final List<String> PEOPLE = List.of("alice", "bob", "carol");

  private final String domain;
  private final String address;
  private final String character;
  private final boolean tls;
  private final boolean signed;
  private final String spf;
  private final String dmarc;

  LabDomain(
      String domain,
      String address,
      String character,
      boolean tls,
      boolean signed,
      String spf,
      String dmarc) {
    this.domain = domain;
    this.address = address;
    this.character = character;
    this.tls = tls;
    this.signed = signed;
    this.spf = spf;
    this.dmarc = dmarc;
  }

  Domain domain() {
    return Domain.of(domain);
  }

  Domain host() {
    return Domain.of("mx." + domain);
  }

  InetAddress address() {
    return IpAddress.of(address);
  }

  /** One sentence for the page. */
  String character() {
    return character;
  }

  boolean tls() {
    return tls;
  }

  boolean signed() {
    return signed;
  }

  /** Whether its mail carries DKIM signatures: the attacker's does, too. */
  boolean signsMail() {
    return tls;
  }

  /** Whether it seals what it forwards. */
  boolean sealsMail() {
    return this == LIST;
  }

  /** The SPF record, or empty for none. */
  String spf() {
    return spf;
  }

  /** The DMARC record, or empty for none. */
  String dmarc() {
    return dmarc;
  }

  /** What protects it and those it writes to, a few words each. */
  List<String> defences() {
    List<String> defences = new ArrayList<>();
    if (tls) {
      defences.add("TLS");
    }
    if (signed) {
      defences.add("DNSSEC");
    }
    if (tls && signed) {
      defences.add("DANE");
    }
    sts(0).mode().ifPresent(mode -> defences.add("MTA-STS " + mode.word()));
    if (!spf.isEmpty()) {
      defences.add("SPF " + spf.substring(spf.lastIndexOf(' ') + 1));
    }
    if (signsMail()) {
      defences.add("DKIM");
    }
    if (sealsMail()) {
      defences.add("ARC");
    }
    if (tlsReports().isPresent()) {
      defences.add("TLS reports");
    }
    if (!dmarc.isEmpty()) {
      defences.add("DMARC " + dmarc.substring(dmarc.lastIndexOf(' ') + 1));
    }
    return defences;
  }

  /**
   * What it does with mail that is not authenticated: people are warned where SPF says even
   * "probably not". Two domains believe the seals of the list.
   */
  PolicyPage policy() {
    return new PolicyPage(
        Map.of(Finding.SPF_FAIL, Action.MARK, Finding.SPF_SOFTFAIL, Action.MARK),
        List.of(),
        LocalPolicy.DEFAULT,
        trusted().stream().map(sealer -> DomainName.of(sealer.domain())).collect(toSet()));
  }

  private Set<LabDomain> trusted() {
    return switch (this) {
      case STRICT, SOFT -> Set.of(LIST);
      case PLAIN, LIST, MALLORY -> Set.of();
    };
  }

  /** The policy of MTA-STS that it serves, and where it fetches those of others. */
  StsSettings sts(int port) {
    Optional<Mode> mode =
        switch (this) {
          case STRICT -> Optional.of(Mode.ENFORCE);
          case SOFT -> Optional.of(Mode.TESTING);
          case PLAIN, LIST, MALLORY -> Optional.empty();
        };
    return new StsSettings(mode, StsSettings.USUAL.maxAge(), List.of(), port);
  }

  /** The record that announces its policy, if it has one. */
  Optional<StsRecord> announcement() {
    return sts(0).policy(host()).map(policy -> new StsRecord(policy.id()));
  }

  /** Where it asks for TLS reports: one domain by mail, another by HTTPS (RFC 8460 §3). */
  Optional<TlsRptRecord> tlsReports() {
    return switch (this) {
      case STRICT -> Optional.of(reportsTo("mailto:" + postmaster()));
      case SOFT -> Optional.of(reportsTo("https://mta-sts." + domain + "/.well-known/tlsrpt"));
      case PLAIN, LIST, MALLORY -> Optional.empty();
    };
  }

  private static TlsRptRecord reportsTo(String uri) {
    return new TlsRptRecord(List.of(URI.create(uri)));
  }

  private Mailbox postmaster() {
    return Mailbox.of("postmaster@" + domain);
  }

  /** It reports to whoever asks, and takes what it asks for. */
  Settings.TlsReports reporting() {
    return new Settings.TlsReports(
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        this == STRICT ? List.of(postmaster()) : List.of(),
        this == SOFT);
  }

  List<Mailbox> accounts() {
    return PEOPLE.stream().map(person -> Mailbox.of(person + "@" + domain)).toList();
  }
}
