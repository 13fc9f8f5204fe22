package org.thurn.transfer.intake;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.thurn.directory.Directory;
import org.thurn.directory.Resolution;
import org.thurn.directory.Resolution.Target;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.name.ForwardPath;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.queue.Destination;
import org.thurn.smtp.Verdict;
import org.thurn.smtp.server.Session;

/**
 * Whether a recipient is taken, and where it leads. What stands left of the {@code @} is never read
 * as a route: {@code user%other@ours}, {@code other!user@ours} and {@code "user@other"@ours} are
 * names that nobody has here (RFC 5321 §3.3 and §7.8 leave relaying to the host's policy).
 */
final class RecipientCheck {
  private static final Set<String> ROLES = Set.of("postmaster", "abuse");

  /** What was decided. */
  sealed interface Decision {
    /** Taken: it goes to all of these. */
    record Taken(List<Leg> legs, String rule) implements Decision {
      public Taken {
        legs = List.copyOf(legs);
      }
    }

    record Refused(Verdict verdict) implements Decision {}
  }

  /** One place that a recipient leads to. */
  record Leg(Mailbox address, Destination destination) {}

  private final Directory directory;
  private final Predicate<Mailbox> full;

  /**
   * @param full whether an account has no room left
   */
  RecipientCheck(Directory directory, Predicate<Mailbox> full) {
    this.directory = directory;
    this.full = full;
  }

  /**
   * @param mayRelay whether this client may send through us to anywhere
   */
  Decision decide(ForwardPath path, Session session, boolean mayRelay) {
    return switch (path) {
      case ForwardPath.Postmaster _ -> local(directory.postmaster());
      case ForwardPath.Of(Mailbox address) -> decide(address, session, mayRelay);
    };
  }

  private Decision decide(Mailbox address, Session session, boolean mayRelay) {
    if (isOurLiteral(address, session)) {
      // RFC 5321 §4.5.1: postmaster is reachable at every name of the host; nobody else needs be
      return isRole(address) ? local(directory.postmaster()) : unknown();
    }
    Resolution resolution = directory.resolve(address);
    if (!(resolution instanceof Resolution.NotLocal)) {
      return local(resolution);
    }
    return mayRelay
        ? new Decision.Taken(
            List.of(new Leg(address, new Destination.Remote(address.host()))), "relay")
        : new Decision.Refused(
            Verdict.reject(
                550, "5.7.1", "Relaying denied", "not our domain, and the client may not relay"));
  }

  private static boolean isOurLiteral(Mailbox address, Session session) {
    return address.host() instanceof AddressLiteral(var literal)
        && session.local().address().filter(literal::equals).isPresent();
  }

  /** Whether the path names one that is always taken, RFC 2142 §4 and RFC 5321 §4.5.1. */
  static boolean isRole(ForwardPath path) {
    return switch (path) {
      case ForwardPath.Postmaster _ -> true;
      case ForwardPath.Of(Mailbox address) -> isRole(address);
    };
  }

  private static boolean isRole(Mailbox address) {
    return ROLES.contains(address.local().value().toLowerCase(Locale.ROOT));
  }

  private Decision local(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Found(List<Target> targets, String rule) -> {
        List<Leg> legs = targets.stream().map(RecipientCheck::leg).toList();
        yield allFull(targets)
            ? new Decision.Refused(Verdict.defer(452, "4.2.2", "Mailbox full", "over quota"))
            : new Decision.Taken(legs, rule);
      }
      case Resolution.Unknown _, Resolution.NotLocal _ -> unknown();
    };
  }

  private static Decision unknown() {
    return new Decision.Refused(
        Verdict.reject(550, "5.1.1", "No such user here", "unknown recipient"));
  }

  private static Leg leg(Target target) {
    return switch (target) {
      case Target.Account(Mailbox address, String detail) ->
          new Leg(address, new Destination.Local(address, detail));
      case Target.Forward(Mailbox address) ->
          new Leg(address, new Destination.Remote(address.host()));
    };
  }

  /** One target with room is enough: what does not fit elsewhere is the queue's affair. */
  private boolean allFull(List<Target> targets) {
    return targets.stream()
        .allMatch(
            target ->
                target instanceof Target.Account(Mailbox address, String _) && full.test(address));
  }

  /** The addresses that a decision leads to. */
  static List<Mailbox> addresses(List<Leg> legs) {
    return legs.stream().map(Leg::address).toList();
  }

  /** Who {@code path} names; the bare postmaster as ours. */
  static Mailbox original(ForwardPath path, Domain hostname) {
    return switch (path) {
      case ForwardPath.Of(Mailbox address) -> address;
      case ForwardPath.Postmaster _ -> new Mailbox(new LocalPart("postmaster"), hostname);
    };
  }
}
