package org.thurn.directory;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thurn.directory.Resolution.Target;
import org.thurn.name.Domain;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;

/**
 * Follows one address to where it ends: account, alias, role, plus-addressing, catch-all, in that
 * order. Aliases may lead to aliases, to a bounded depth; an alias met twice is not followed again,
 * so that loops end, and a target met twice counts once.
 */
final class AddressResolution {
  private static final int MAX_DEPTH = 10;
  private static final int MAX_TARGETS = 1000;

  /** RFC 2142 §4 and RFC 5321 §4.5.1: these are never unknown. */
  private static final Set<String> ROLES = Set.of("postmaster", "abuse");

  private final Function<Domain, Optional<DomainEntries>> domains;
  private final Supplier<Optional<Domain>> defaultDomain;
  private final Set<Target> targets = new LinkedHashSet<>();
  private final Set<Mailbox> followed = new HashSet<>();

  AddressResolution(
      Function<Domain, Optional<DomainEntries>> domains, Supplier<Optional<Domain>> defaultDomain) {
    this.domains = domains;
    this.defaultDomain = defaultDomain;
  }

  Resolution resolve(Mailbox address) {
    Optional<DomainEntries> entries = address.domain().flatMap(domains);
    if (entries.isEmpty()) {
      return new Resolution.NotLocal();
    }
    Optional<String> rule = local(address, entries.get(), 0);
    return rule.isEmpty() || targets.isEmpty()
        ? new Resolution.Unknown()
        : new Resolution.Found(List.copyOf(targets), rule.get());
  }

  /** Adds what a local address leads to; the rule that decided, or empty if it is unknown. */
  private Optional<String> local(Mailbox address, DomainEntries entries, int depth) {
    Optional<String> rule = exact(Fold.mailbox(address), "", entries, depth);
    int plus = address.local().value().indexOf('+');
    if (rule.isEmpty() && entries.settings().plusAddressing() && plus > 0) {
      LocalPart user = new LocalPart(address.local().value().substring(0, plus));
      String detail = address.local().value().substring(plus + 1);
      rule =
          exact(new Mailbox(Fold.local(user), address.host()), detail, entries, depth)
              .map(_ -> "plus-address");
    }
    if (rule.isEmpty() && !entries.settings().catchAll().isEmpty()) {
      followAll(entries.settings().catchAll(), depth);
      rule = Optional.of("catch-all");
    }
    return rule;
  }

  private Optional<String> exact(Mailbox address, String detail, DomainEntries entries, int depth) {
    Optional<StoredAccount> account = entries.account(address.local());
    if (account.isPresent()) {
      add(new Target.Account(account.get().account().address(), detail));
      return Optional.of("account");
    }
    Optional<Alias> alias = entries.alias(address.local());
    if (alias.isPresent()) {
      if (followed.add(address)) {
        followAll(alias.get().targets(), depth);
      }
      return Optional.of("alias");
    }
    if (ROLES.contains(address.local().value().toLowerCase(Locale.ROOT))) {
      role(entries, depth);
      return Optional.of("role");
    }
    return Optional.empty();
  }

  private void followAll(List<Mailbox> addresses, int depth) {
    if (depth < MAX_DEPTH) {
      addresses.forEach(address -> follow(address, depth + 1));
    }
  }

  private void follow(Mailbox address, int depth) {
    Optional<DomainEntries> entries = address.domain().flatMap(domains);
    if (entries.isEmpty()) {
      add(new Target.Forward(address));
    } else {
      local(address, entries.get(), depth);
    }
  }

  /** The domain's administrator, else its first account, else the default domain's first. */
  private void role(DomainEntries entries, int depth) {
    int before = targets.size();
    entries.settings().administrator().ifPresent(address -> followAll(List.of(address), depth));
    if (targets.size() == before) {
      entries
          .firstAccount()
          .or(() -> defaultDomain.get().flatMap(domains).flatMap(DomainEntries::firstAccount))
          .ifPresent(first -> add(new Target.Account(first, "")));
    }
  }

  private void add(Target target) {
    if (targets.size() < MAX_TARGETS) {
      targets.add(target);
    }
  }
}
