package org.thurn.campaign;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurn.campaign.Attempt.Fate;
import org.thurn.campaign.Folder.Known;
import org.thurn.campaign.Folder.Presence;
import org.thurn.campaign.Folder.Way;

/**
 * The one client that changes an account's mail: flags, expunges, moves, appends. It remembers what
 * it was told OK of. What the server wrote itself it leaves where it is, for the final account.
 */
final class Reader implements Runnable {
  private static final List<String> FLAGS =
      List.of("\\Seen", "\\Flagged", "\\Answered", "\\Draft", "$Campaign");
  private static final Pattern APPENDUID = Pattern.compile("APPENDUID \\d+ (\\d+)");
  private static final Pattern COPYUID = Pattern.compile("COPYUID \\d+ \\d+ (\\d+)");

  final String account;
  private final Stage stage;
  private final Map<String, Attempt> attempts;
  private final Findings findings;
  private final Random random;
  final Folder inbox;
  final Folder archive;
  private int count;

  Reader(
      String account,
      Stage stage,
      Map<String, Attempt> attempts,
      Findings findings,
      Random random) {
    this.account = account;
    this.stage = stage;
    this.attempts = attempts;
    this.findings = findings;
    this.random = random;
    inbox = new Folder(account, "INBOX", findings);
    archive = new Folder(account, "Archive", findings);
  }

  @Override
  public void run() {
    try {
      Optional<Life> life = stage.await();
      while (life.isPresent()) {
        session(life.get());
        LockSupport.parkNanos(20_000_000);
        life = stage.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      findings.add("the reader " + account + " failed: " + e);
    }
  }

  private void session(Life life) {
    try (ImapClient client = new ImapClient(life.imap(), account)) {
      look(client);
      while (!stage.isOver()) {
        change(client);
        inbox.look(client);
        LockSupport.parkNanos(10_000_000 + random.nextInt(30_000_000)); // the pace of the load
      }
    } catch (ImapClient.RefusedException e) {
      findings.add(account + " was told " + e.getMessage());
    } catch (IOException e) {
      LockSupport.parkNanos(5_000_000); // the server died: what is in doubt is marked so
    }
  }

  /** Everything there against what is known; INBOX stays selected. */
  void look(ImapClient client) throws IOException {
    archive.open(client);
    inbox.open(client);
  }

  private void change(ImapClient client) throws IOException {
    List<Long> uids = inbox.own();
    int what = random.nextInt(10);
    if (what == 0 || uids.isEmpty()) {
      append(client);
      return;
    }
    long uid = uids.get(random.nextInt(uids.size()));
    Known known = inbox.byUid.get(uid);
    switch (what) {
      case 1 -> expunge(client, uid, known);
      case 2 -> move(client, uid, known);
      default -> flag(client, uid, known);
    }
  }

  private void flag(ImapClient client, long uid, Known known) throws IOException {
    String flag = FLAGS.get(random.nextInt(FLAGS.size()));
    boolean set = random.nextInt(3) > 0;
    known.doubtful.add(flag);
    client.say("UID STORE " + uid + (set ? " +" : " -") + "FLAGS (" + flag + ")");
    known.doubtful.remove(flag);
    if (set) {
      known.flags.add(flag);
    } else {
      known.flags.remove(flag);
    }
  }

  private void expunge(ImapClient client, long uid, Known known) throws IOException {
    known.doubtful.add("\\Deleted");
    client.say("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
    known.presence = Presence.DOUBTFUL;
    known.way = Way.EXPUNGED;
    client.say("UID EXPUNGE " + uid);
    known.presence = Presence.GONE;
  }

  private void move(ImapClient client, long uid, Known known) throws IOException {
    known.presence = Presence.DOUBTFUL;
    known.way = Way.MOVED;
    String answer = client.say("UID MOVE " + uid + " Archive");
    known.presence = Presence.GONE;
    Matcher copied = COPYUID.matcher(answer);
    if (copied.find()) {
      Known there = new Known(known.identity, known.flags);
      there.doubtful.addAll(known.doubtful);
      archive.remember(Long.parseLong(copied.group(1)), there);
    } else {
      findings.add(account + ": MOVE of UID " + uid + " says " + answer);
    }
  }

  private void append(ImapClient client) throws IOException {
    String id = "append-" + account + "-" + count++;
    Letter letter = Letter.write(id, account, random);
    Attempt attempt =
        new Attempt(
            id,
            account,
            List.of(new Attempt.Addressee(account, Attempt.Kind.LOCAL, "")),
            letter.hash());
    attempts.put(id, attempt);
    attempt.become(Fate.UNKNOWN);
    Set<String> flags = new TreeSet<>(List.of(FLAGS.get(random.nextInt(FLAGS.size()))));
    String answer = client.append("Archive", String.join(" ", flags), letter.text());
    attempt.become(Fate.ACKNOWLEDGED);
    Matcher appended = APPENDUID.matcher(answer);
    if (appended.find()) {
      archive.remember(Long.parseLong(appended.group(1)), new Known(id, flags));
    } else {
      findings.add(account + ": APPEND says " + answer);
    }
  }
}
