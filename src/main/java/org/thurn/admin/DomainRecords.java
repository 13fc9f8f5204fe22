package org.thurn.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thurn.directory.StoreDirectory;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import org.thurn.tls.mtasts.OwnPolicies;
import org.thurn.tls.mtasts.PolicyFetch;
import org.thurn.tls.mtasts.StsPolicy;
import org.thurn.tls.mtasts.StsRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code thurn domain records}: what the DNS is to have of a domain's policy of MTA-STS. */
public final class DomainRecords {
  /** Seconds: a new policy is known so soon. */
  private static final int TTL = 3600;

  private final StoreDirectory directory;
  private final OwnPolicies policies;
  private final Domain hostname;

  /**
   * @param hostname where the policy's host leads
   */
  public DomainRecords(StoreDirectory directory, OwnPolicies policies, Domain hostname) {
    this.directory = directory;
    this.policies = policies;
    this.hostname = hostname;
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
      Optional<StsPolicy> policy = policies.of(domain);
      if (PolicyFetch.host(domain).isEmpty() || StsRecord.nameFor(domain).isEmpty()) {
        return Outcome.no("the name is too long to have a policy of MTA-STS");
      }
      if (policy.isEmpty()) {
        return Outcome.no("there is no policy to announce: set \"mode\" in [mta-sts]");
      }
      for (String line : lines(domain, policy.get())) {
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
}
