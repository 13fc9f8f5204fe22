package org.thurn.tls.mtasts;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;

/**
 * The policies of the domains whose mail we take.
 *
 * @param isLocal whether a domain is one of them
 * @param policy the one that they all have; empty if none is to be published
 */
public record OwnPolicies(Predicate<Domain> isLocal, Supplier<Optional<StsPolicy>> policy) {
  /** RFC 9110 §7.2: a Host field may tell the port. */
  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  /** Longer, and it is no host's name. */
  private static final int MAX_AUTHORITY = 300;

  /** A domain's. */
  public Optional<StsPolicy> of(Domain domain) {
    return isLocal.test(domain) ? policy.get() : Optional.empty();
  }

  /**
   * The one that is served to whoever asks by this name.
   *
   * @param authority what the request's Host field says
   */
  public Optional<StsPolicy> at(String authority) {
    boolean ascii = authority.chars().allMatch(c -> c < 0x80);
    if (!ascii || authority.length() > MAX_AUTHORITY) {
      return Optional.empty();
    }
    try {
      Domain host = Domain.parse(PORT.matcher(authority).replaceFirst(""));
      boolean policyHost = host.labels().getFirst().equals(PolicyFetch.LABEL);
      return policyHost ? host.parent().flatMap(this::of) : Optional.empty();
    } catch (NameSyntaxException e) {
      return Optional.empty(); // an address, or nonsense: no domain of ours
    }
  }
}
