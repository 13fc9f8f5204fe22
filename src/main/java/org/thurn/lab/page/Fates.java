package org.thurn.lab.page;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;

/**
 * Works out from the events where each recipient's copy is. A recipient that one domain relayed and
 * another accepted is followed to the other.
 */
final class Fates {
  private final Map<String, Fate> fates = new LinkedHashMap<>();
  private final Set<Copy> open = new HashSet<>();
  private boolean accepted;

  /** What one domain's queue owes one recipient. */
  private record Copy(Place place, Optional<QueueId> queue, String recipient) {}

  private Fates() {}

  static Fates of(List<Seen> seen) {
    Fates fates = new Fates();
    seen.forEach(fates::note);
    return fates;
  }

  List<Fate> recipients() {
    return List.copyOf(fates.values());
  }

  boolean isSettled() {
    return open.isEmpty() && (accepted || !fates.isEmpty());
  }

  private void note(Seen seen) {
    switch (seen.event()) {
      case Event.Accepted a -> accepted(seen, a.recipients());
      case Event.Deferred d ->
          set(
              seen,
              Fate.State.WAITING,
              d.status() + " " + d.reason() + "; next attempt " + Moment.of(d.nextAttempt()));
      case Event.Stored(var account, var mailbox, long uid) ->
          end(seen, Fate.State.STORED, mailbox + " of " + account + ", UID " + uid);
      case Event.Relayed r ->
          end(seen, Fate.State.RELAYED, r.host() + " said: " + SmtpText.reply(r.code(), r.reply()));
      case Event.Bounced b -> end(seen, Fate.State.BOUNCED, b.status() + " " + b.reason());
      case Event.Expired(var status, var reason) ->
          end(seen, Fate.State.EXPIRED, status + " " + reason);
      case Event.Discarded(var reason) -> end(seen, Fate.State.DISCARDED, reason);
      case Event.Refused r -> refused(seen, r);
      case Event _ -> {}
    }
  }

  private void accepted(Seen seen, Collection<Mailbox> recipients) {
    accepted = true;
    for (Mailbox recipient : recipients) {
      String address = recipient.toString();
      open.add(new Copy(seen.place(), seen.entry().queue(), address));
      fates.put(
          address,
          new Fate(address, Fate.State.QUEUED, seen.place(), "queued at " + seen.place().domain()));
    }
  }

  /** Only what nobody accepted: the rest bounces, and the bounce says it. */
  private void refused(Seen seen, Event.Refused refused) {
    if (!accepted) {
      String whom = seen.entry().recipient().map(Mailbox::toString).orElse("the message");
      String words = SmtpText.reply(refused.code(), refused.text());
      if (!refused.text().endsWith(withoutRule(refused.reason()))) {
        words += " (" + refused.reason() + ")";
      }
      fates.put(whom, new Fate(whom, Fate.State.REFUSED, seen.place(), words));
    }
  }

  /** Who is refused for the sender's sake is told the reason, but not the rule before it. */
  private static String withoutRule(String reason) {
    return reason.substring(reason.indexOf(": ") < 0 ? 0 : reason.indexOf(": ") + 2);
  }

  private void end(Seen seen, Fate.State state, String words) {
    String address = address(seen);
    open.remove(new Copy(seen.place(), seen.entry().queue(), address));
    @Nullable Fate now = fates.get(address);
    // the next domain may be quicker than our note that it took the message
    if (state != Fate.State.RELAYED || now == null || now.place().equals(seen.place())) {
      set(seen, state, words);
    }
  }

  private void set(Seen seen, Fate.State state, String words) {
    String address = address(seen);
    fates.put(address, new Fate(address, state, seen.place(), words));
  }

  private static String address(Seen seen) {
    return seen.entry().recipient().map(Mailbox::toString).orElse("");
  }
}
