package org.thurn.transfer.posture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.thurn.dns.Addresses;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData.Mx;
import org.thurn.dns.RecordType;
import org.thurn.dns.Security;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;

/**
 * Where mail for a domain goes, RFC 5321 §5.1.
 *
 * @param exists whether there is such a domain
 * @param secure whether DNSSEC vouches for the hosts' names
 * @param hosts in the order in which senders try them
 */
record MailRoute(
    boolean exists, boolean secure, List<Domain> hosts, List<Observation> observations) {
  private static final String ADVICE_NULL =
      "Publish an MX record; or, if the domain takes no mail, the null MX \"0 .\" (RFC 7505).";

  static MailRoute of(Means means, Domain domain) {
    DnsName name = DnsName.of(domain);
    Answer answer = means.ask(name, RecordType.MX);
    boolean secure = answer.security() == Security.SECURE;
    return switch (answer.status()) {
      case NO_SUCH_NAME -> new MailRoute(false, secure, List.of(), List.of());
      case TEMPORARY_FAILURE ->
          new MailRoute(true, false, List.of(), List.of(Means.failed(Topic.MX, answer)));
      case NO_DATA -> implicit(domain, Addresses.of(means.resolver(), name), secure);
      case FOUND -> listed(answer.all(Mx.class).toList(), secure);
    };
  }

  private static MailRoute implicit(Domain domain, Addresses addresses, boolean secure) {
    if (addresses.all().isEmpty() && !addresses.failed()) {
      Observation nothing =
          Observation.bad(
              Topic.MX, "neither an MX record nor an address: nobody can write to it", ADVICE_NULL);
      return new MailRoute(true, secure, List.of(), List.of(nothing));
    }
    Observation found =
        Observation.warn(
            Topic.MX, "no MX record: senders try the domain's own address", ADVICE_NULL);
    return new MailRoute(true, secure, List.of(domain), List.of(found));
  }

  private static MailRoute listed(List<Mx> records, boolean secure) {
    List<Mx> sorted =
        records.stream()
            .sorted(
                Comparator.comparingInt(Mx::preference).thenComparing(mx -> mx.exchange().text()))
            .toList();
    boolean nothing = sorted.stream().anyMatch(mx -> mx.exchange().isRoot());
    if (nothing && sorted.size() == 1) {
      Observation found = Observation.good(Topic.MX, "a null MX: the domain takes no mail");
      return new MailRoute(true, secure, List.of(), List.of(found));
    }
    List<Domain> hosts = new ArrayList<>();
    List<Observation> observations = new ArrayList<>();
    for (Mx mx : sorted) {
      if (!mx.exchange().isRoot()) {
        host(mx, hosts, observations);
      }
    }
    if (nothing) {
      observations.add(
          Observation.bad(
              Topic.MX,
              "a null MX beside others",
              "A null MX stands alone (RFC 7505 §3): remove it, or the others."));
    }
    if (hosts.size() > PostureSettings.MAX_HOSTS) {
      int more = hosts.size() - PostureSettings.MAX_HOSTS;
      observations.add(
          Observation.unknown(Topic.MX, more + " more hosts, which were not looked at", ""));
    }
    List<Domain> some = hosts.stream().limit(PostureSettings.MAX_HOSTS).toList();
    if (observations.isEmpty()) {
      observations.add(Observation.good(Topic.MX, words(sorted)));
    }
    return new MailRoute(true, secure, some, observations);
  }

  private static void host(Mx mx, List<Domain> hosts, List<Observation> observations) {
    String exchange = mx.exchange().text();
    if (exchange.matches("[0-9.]+")) {
      String text = mx.preference() + " " + exchange + " is an address, not the name of a host";
      observations.add(
          Observation.bad(Topic.MX, text, "Name a host in the MX, and give that the address."));
      return;
    }
    try {
      Domain host = Domain.parse(exchange);
      if (!hosts.contains(host)) {
        hosts.add(host);
      }
    } catch (NameSyntaxException _) {
      String text = mx.preference() + " " + exchange + " cannot be the name of a host";
      observations.add(
          Observation.bad(Topic.MX, text, "Use letters, digits and hyphens only (RFC 1123 §2.1)."));
    }
  }

  private static String words(List<Mx> records) {
    return records.stream()
        .map(mx -> mx.preference() + " " + mx.exchange().text())
        .collect(Collectors.joining(", "));
  }
}
