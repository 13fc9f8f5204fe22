package org.thurn.campaign;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurn.campaign.Attempt.Addressee;
import org.thurn.campaign.Folder.Known;
import org.thurn.campaign.Folder.Presence;
import org.thurn.campaign.Folder.Way;

/** What one account has at the end, octet for octet. */
final class Shelf {
  private final Reader reader;
  private final Map<String, Attempt> attempts;
  private final Notices notices;
  private final Findings findings;
  private final Map<String, Integer> here = new HashMap<>();
  private final Set<String> expunged = new HashSet<>();

  Shelf(Reader reader, Map<String, Attempt> attempts, Notices notices, Findings findings) {
    this.reader = reader;
    this.attempts = attempts;
    this.notices = notices;
    this.findings = findings;
  }

  /** Reads every message whole. */
  void read(ImapClient client) throws IOException {
    for (Folder folder : List.of(reader.archive, reader.inbox)) {
      client.say("SELECT " + folder.name);
      for (Map.Entry<Long, Known> entry : folder.byUid.entrySet()) {
        Known known = entry.getValue();
        if (known.presence == Presence.HERE) {
          read(client, entry.getKey(), known);
        } else if (known.way == Way.EXPUNGED) {
          expunged.add(known.identity);
        }
      }
    }
  }

  private void read(ImapClient client, long uid, Known known) throws IOException {
    here.merge(known.identity, 1, Integer::sum);
    List<ImapClient.Fetched> fetched = client.fetch("" + uid, "UID BODY.PEEK[]");
    String text = fetched.isEmpty() ? "" : fetched.getFirst().text();
    Optional<String> id = Letter.attempt(text);
    if (!Letter.identity(text).equals(known.identity)) {
      findings.add(reader.account + " UID " + uid + " is not whole: " + known.identity);
    } else if (id.isEmpty()) {
      notices.read(text);
    } else {
      Attempt attempt = attempts.get(id.get());
      findings.check(
          attempt != null && attempt.hash.equals(Letter.hashOfBody(fetched.getFirst().octets())),
          reader.account + " UID " + uid + " is not what was sent as " + attempt);
    }
  }

  /** Whether one attempt is here as often as it should be. */
  void account(Attempt attempt) {
    boolean ours = attempt.to.stream().map(Addressee::address).anyMatch(reader.account::equals);
    int times = here.getOrDefault(attempt.id, 0);
    boolean gone = expunged.contains(attempt.id);
    int expected = ours && attempt.acknowledged() && !gone ? 1 : 0;
    int most = ours && attempt.possible() && !gone ? 1 : 0;
    findings.check(
        times >= expected && times <= most,
        attempt + " is " + times + " times in " + reader.account + (gone ? ", expunged" : ""));
  }

  /** How many messages the queue has delivered here. */
  int delivered() {
    Set<String> all = new HashSet<>();
    for (Folder folder : List.of(reader.inbox, reader.archive)) {
      folder.byUid.values().forEach(known -> all.add(known.identity));
    }
    all.removeIf(identity -> identity.startsWith("append-"));
    return all.size();
  }
}
