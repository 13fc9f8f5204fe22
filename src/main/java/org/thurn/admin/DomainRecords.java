package org.thurn.admin;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurn.directory.StoreDirectory;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.tls.mtasts.OwnPolicies;
import org.thurn.tls.mtasts.PolicyFetch;
import org.thurn.tls.mtasts.StsPolicy;
import org.thurn.tls.mtasts.StsRecord;
import org.thurn.tls.tlsrpt.TlsRptRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code thurn domain records}: what the DNS is to have of a domain's policy of MTA-STS, and of
 * where TLS reports go.
 */
public final class DomainRecords {
  /** Seconds: a new policy is known so soon. */
  private static final int TTL = 3600;

  private final StoreDirectory directory;
  private final OwnPolicies policies;
  private final Domain hostname;
  private final Supplier<List<Mailbox>> reportsAt;

  /**
   * @param hostname where the policy's host leads
   * @param reportsAt where TLS reports come to by mail
   */
  public DomainRecords(
      StoreDirectory directory,
      OwnPolicies policies,
      Domain hostname,
      Supplier<List<Mailbox>> reportsAt) {
    this.directory = directory;
    this.policies = policies;
    this.hostname = hostname;
    this.reportsAt = reportsAt;
  }

  /** Carries out {@code domain-records}; empty for any other command. */
  Optional<Outcome> handle(String command, JsonNode arguments, Answer to) throws IOException {
    return command.equals("domain-records")
        ? Optional.of(records(arguments, to))
        : Optional.empty();
  }

  private Outcome records(JsonNode arguments, Answer to) throws IOException {
    String name = arguments.path("domain").asString("");
    try {
      Domain domain = Domain.parse(name);
      if (!directory.isLocal(domain)) {
        return Outcome.no("there is no domain " + domain);
      }
      Optional<StsPolicy> policy =
          policies
              .of(domain)
              .filter(_ -> PolicyFetch.host(domain).isPresent())
              .filter(_ -> StsRecord.nameFor(domain).isPresent());
      List<String> lines = new ArrayList<>();
      policy.ifPresent(one -> lines.addAll(lines(domain, one)));
      reports(domain).ifPresent(lines::add);
      if (lines.isEmpty()) {
        return Outcome.no(
            "there is nothing to announce: set \"mode\" in [mta-sts], or \"receive-at\" in"
                + " [tls-reports]");
      }
      for (String line : lines) {
        DirectoryCommands.show(
            arguments, to, JsonNodeFactory.instance.objectNode().put("line", line), line);
      }
      return Outcome.ok("");
    } catch (NameSyntaxException e) {
      return new Outcome(Exit.USAGE, "not a domain: " + name);
    }
  }

  /** In master-file form, RFC 1035 §5. */
  private List<String> lines(Domain domain, StsPolicy policy) {
    return List.of(
        "%s %d IN TXT \"%s\""
            .formatted(
                StsRecord.nameFor(domain).orElseThrow(), TTL, new StsRecord(policy.id()).text()),
        "%s. %d IN CNAME %s.".formatted(PolicyFetch.host(domain).orElseThrow(), TTL, hostname));
  }

  /** Where TLS reports go, RFC 8460 §3; a domain whose name is too long has no record. */
  private Optional<String> reports(Domain domain) {
    List<URI> uris =
        reportsAt.get().stream()
            .filter(Mailbox::isAscii)
            .map(DomainRecords::mailto)
            .limit(TlsRptRecord.MAX_DESTINATIONS)
            .toList();
    return uris.isEmpty()
        ? Optional.empty()
        : TlsRptRecord.nameFor(domain)
            .map(name -> "%s %d IN TXT \"%s\"".formatted(name, TTL, new TlsRptRecord(uris).text()));
  }

  /** RFC 6068 §2. */
  private static URI mailto(Mailbox address) {
    StringBuilder uri = new StringBuilder("mailto:");
    for (char c : address.toString().toCharArray()) {
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~@+".indexOf(c) >= 0;
      uri.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return URI.create(uri.toString());
  }
}
