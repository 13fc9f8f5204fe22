package org.thurn.campaign;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurn.campaign.Attempt.Addressee;
import org.thurn.campaign.Attempt.Fate;
import org.thurn.campaign.Attempt.Kind;
import tools.jackson.databind.JsonNode;

/** Accounts for every attempt after the last restart. */
final class Accounting {
  private final Control control;
  private final Map<String, Attempt> attempts;
  private final NextHop hop;
  private final List<Reader> readers;
  private final Findings findings;
  private final Notices notices;
  private int doubled;
  private int delivered;

  Accounting(
      Control control,
      Map<String, Attempt> attempts,
      NextHop hop,
      List<Reader> readers,
      Findings findings) {
    this.control = control;
    this.attempts = attempts;
    this.hop = hop;
    this.readers = readers;
    this.findings = findings;
    this.notices = new Notices(attempts, findings);
  }

  /** Whether every accepted recipient has its terminal state. */
  boolean drained() throws IOException {
    return control.ledger().path("open").asLong() == 0;
  }

  /** Recipients that the next hop took more than once. */
  int doubled() {
    return doubled;
  }

  /** Looks everywhere, in the server's last life. */
  void close(Life life) throws IOException {
    for (Reader reader : readers) {
      try (ImapClient client = new ImapClient(life.imap(), reader.account)) {
        reader.look(client);
        Shelf shelf = new Shelf(reader, attempts, notices, findings);
        shelf.read(client);
        attempts.values().forEach(shelf::account);
        delivered += shelf.delivered();
      }
    }
    relayed();
    notices.account();
    ledger();
    control.verify().forEach(findings::add);
  }

  private void relayed() throws IOException {
    Map<String, List<NextHop.Taken>> all = hop.byRecipient();
    for (List<NextHop.Taken> taken : all.values()) {
      check(taken);
    }
    for (Attempt attempt : attempts.values()) {
      for (Addressee to : attempt.to) {
        boolean there = all.containsKey(attempt.id + " " + to.address());
        if (to.kind().isTakenThere() && attempt.acknowledged() && !there) {
          findings.add(attempt + " never came to " + to.address());
        }
        if (there && (!to.kind().isTakenThere() || !attempt.possible())) {
          findings.add(attempt + " should not have come to " + to.address());
        }
      }
    }
  }

  /** RFC 1047: once for each life at the most, and each time after the first by its name. */
  private void check(List<NextHop.Taken> taken) throws IOException {
    NextHop.Taken first = taken.getFirst();
    Attempt attempt = attempts.get(first.identity());
    if (attempt != null) {
      taken.forEach(
          one ->
              findings.check(
                  one.hash().equals(attempt.hash),
                  attempt + " came changed to " + one.recipient()));
    }
    if (taken.size() == 1) {
      return;
    }
    doubled++;
    Set<Integer> lives = new HashSet<>();
    taken.forEach(one -> lives.add(one.life()));
    findings.check(lives.size() == taken.size(), first + " was sent twice in one life: " + taken);
    String messageId = attempt == null ? first.identity() : Letter.messageId(first.identity());
    long named =
        control.trace(messageId).stream()
            .filter(event -> event.path("type").asString("").equals("possibly-doubled"))
            .filter(event -> event.path("recipient").asString("").equals(first.recipient()))
            .count();
    findings.check(
        named >= taken.size() - 1,
        first + " was sent " + taken.size() + " times, and " + named + " times called doubled");
  }

  private void ledger() throws IOException {
    JsonNode ledger = control.ledger();
    findings.check(
        ledger.path("balanced").asBoolean(false) && ledger.path("overdue").isEmpty(),
        "the ledger does not balance: " + ledger);
    findings.check(
        ledger.path("stored").asLong() == delivered,
        delivered + " were delivered, the ledger says " + ledger);
    int taken = hop.byRecipient().size();
    findings.check(
        ledger.path("relayed").asLong() == taken,
        taken + " were relayed, the ledger says " + ledger);
    long bounced = ledger.path("bounced").asLong();
    findings.check(
        bounced >= refused(Set.of(Fate.ACKNOWLEDGED))
            && bounced <= refused(Set.of(Fate.ACKNOWLEDGED, Fate.UNKNOWN)),
        "the ledger says "
            + ledger
            + ", but bounced should be "
            + refused(Set.of(Fate.ACKNOWLEDGED)));
  }

  private long refused(Set<Fate> fates) {
    return attempts.values().stream()
        .filter(attempt -> fates.contains(attempt.fate()))
        .flatMap(attempt -> attempt.to.stream())
        .filter(to -> to.kind() == Kind.REFUSED_THERE)
        .count();
  }
}
