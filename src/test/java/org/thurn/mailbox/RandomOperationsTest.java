package org.thurn.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.store.BodyId;
import org.thurn.testing.StoreChecks;

/** Random operations by a seed: counters against scans, and a client that only reads changes. */
class RandomOperationsTest extends MailFixture {
  private static final int STEPS = 200;
  private static final String[] FLAGS = {"\\Seen", "\\Deleted", "\\Flagged", "Work", "$Junk"};

  private Random random = new Random();
  private final List<MailboxId> mailboxes = new ArrayList<>();
  private final Map<MailboxId, Map<Long, MessageRow>> client = new HashMap<>();
  private final Map<MailboxId, Long> known = new HashMap<>();
  private final Map<MailboxId, Set<Long>> everSeen = new HashMap<>();
  private int delivered;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void countersAndChangesAgreeWithFullScans(long seed) {
    random = new Random(seed);
    mailboxes.add(INBOX);
    mailboxes.add(find("Archive"));
    mailboxes.add(find("Junk"));
    BodyId body = queued("delivered", 1);
    for (int step = 0; step < STEPS; step++) {
      operate(body);
      if (step % 5 == 0) {
        mailboxes.forEach(this::synchronize);
      }
      if (step % 25 == 0) {
        checkCounters();
      }
      if (step == STEPS / 2) {
        reopen();
      }
    }
    checkCounters();
    mailboxes.forEach(this::synchronize);
    settle(body, 1);
    store.collect();
    mailboxes.forEach(mailbox -> rows(mailbox).forEach(row -> assertThat(text(row)).isNotEmpty()));
    assertThat(StoreChecks.findings(store, new MailboxCheck())).isEmpty();
    mailStore().purge(time.now().plusSeconds(1));
    assertThat(StoreChecks.findings(store, new MailboxCheck())).isEmpty();
  }

  private MailboxId any() {
    return mailboxes.get(random.nextInt(mailboxes.size()));
  }

  private UidSet anyUids(MailboxId mailbox) {
    long next = status(mailbox).uidNext();
    long first = 1 + random.nextLong(next);
    return UidSet.range(first, first + random.nextInt(4));
  }

  private Flags anyFlags() {
    List<String> texts = new ArrayList<>();
    for (String flag : FLAGS) {
      if (random.nextInt(3) == 0) {
        texts.add(flag);
      }
    }
    return Flags.parse(texts);
  }

  private void operate(BodyId body) {
    MailboxId mailbox = any();
    switch (random.nextInt(8)) {
      case 0, 1 -> append(mailbox, "appended " + random.nextInt(), anyFlags());
      case 2 ->
          mail.deliver(mark(++delivered), MailboxName.INBOX, stored(body), email("P: x\r\n"))
              .awaitDurable();
      case 3 -> mail.copy(mailbox, anyUids(mailbox), any());
      case 4 -> mail.move(mailbox, anyUids(mailbox), any());
      case 5 -> mail.expunge(mailbox, anyUids(mailbox));
      case 6 -> mail.store(mailbox, anyUids(mailbox), new FlagChange.Replace(anyFlags()));
      case 7 -> mail.store(mailbox, anyUids(mailbox), new FlagChange.Add(anyFlags()));
      default -> throw new IllegalStateException();
    }
  }

  /** What a client with CONDSTORE and QRESYNC does. */
  private void synchronize(MailboxId mailbox) {
    Map<Long, MessageRow> cache = client.computeIfAbsent(mailbox, key -> new TreeMap<>());
    Set<Long> seen = everSeen.computeIfAbsent(mailbox, key -> new HashSet<>());
    Changes changes = mail.changesSince(mailbox, known.getOrDefault(mailbox, 0L));
    for (UidSet.Range range : changes.vanished().ranges()) {
      for (long uid = range.first(); uid <= range.last(); uid++) {
        cache.remove(uid);
        seen.add(uid);
      }
    }
    for (MessageRow row : changes.rows()) {
      boolean isNew = cache.put(row.uid(), row) == null;
      assertThat(isNew && !seen.add(row.uid())).as("a UID came twice: %s", row).isFalse();
    }
    known.put(mailbox, changes.highestModseq());
    assertThat(new ArrayList<>(cache.values())).isEqualTo(rows(mailbox));
  }
}
