package org.thurn.campaign;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client remembers of one mailbox, and holds against what it is shown after each crash. */
final class Folder {
  private static final Pattern NUMBERS =
      Pattern.compile("(?s)\\[UIDVALIDITY (\\d+)\\].*\\[UIDNEXT (\\d+)\\]");
  private static final String ITEMS =
      "UID FLAGS BODY.PEEK[HEADER.FIELDS (" + Letter.ID_FIELD + " Message-ID)]";

  private final String account;
  final String name;
  private final Findings findings;
  final TreeMap<Long, Known> byUid = new TreeMap<>();
  private final Map<String, Long> byIdentity = new HashMap<>();
  private long uidValidity;

  /** Whether a message is there. */
  enum Presence {
    HERE,
    /** The client was told OK of its removal. */
    GONE,
    /** The server died during its removal. */
    DOUBTFUL
  }

  /** How a message was to leave. */
  enum Way {
    NONE,
    EXPUNGED,
    MOVED
  }

  /** One message under one UID. */
  static final class Known {
    final String identity;
    Set<String> flags;

    /** Whose change the server died in: they may be set or not. */
    final Set<String> doubtful = new HashSet<>();

    Presence presence = Presence.HERE;
    Way way = Way.NONE;

    Known(String identity, Set<String> flags) {
      this.identity = identity;
      this.flags = new TreeSet<>(flags);
    }

    boolean own() {
      return !identity.startsWith("<"); // what the server wrote has a Message-ID only
    }
  }

  Folder(String account, String name, Findings findings) {
    this.account = account;
    this.name = name;
    this.findings = findings;
  }

  private void found(String what) {
    findings.add(account + " " + name + ": " + what);
  }

  /** SELECT, then everything in it against what is known. */
  void open(ImapClient client) throws IOException {
    String answer = client.say("SELECT " + name);
    Matcher numbers = NUMBERS.matcher(answer);
    if (!numbers.find()) {
      found("no UIDVALIDITY in " + answer);
      return;
    }
    long validity = Long.parseLong(numbers.group(1));
    if (uidValidity != 0 && validity != uidValidity) {
      found("UIDVALIDITY was " + uidValidity + ", is " + validity);
    }
    uidValidity = validity;
    long next = Long.parseLong(numbers.group(2));
    if (!byUid.isEmpty() && next <= byUid.lastKey()) {
      found("UIDNEXT is " + next + ", but " + byUid.lastKey() + " was seen");
    }
    Set<Long> there = new HashSet<>();
    for (ImapClient.Fetched fetched : client.fetch("1:*", ITEMS)) {
      there.add(fetched.uid());
      meet(fetched);
    }
    byUid.forEach((uid, known) -> notThere(uid, known, there));
  }

  /** What came since. */
  void look(ImapClient client) throws IOException {
    long from = byUid.isEmpty() ? 1 : byUid.lastKey() + 1;
    for (ImapClient.Fetched fetched : client.fetch(from + ":*", ITEMS)) {
      if (fetched.uid() >= from) { // the star means the last one even if it is older
        meet(fetched);
      }
    }
  }

  private void notThere(long uid, Known known, Set<Long> there) {
    if (!there.contains(uid)) {
      if (known.presence == Presence.HERE) {
        found("UID " + uid + " (" + known.identity + ") is lost");
      }
      known.presence = Presence.GONE;
    }
  }

  private void meet(ImapClient.Fetched fetched) {
    String identity = Letter.identity(fetched.text());
    Known known = byUid.get(fetched.uid());
    if (known == null) {
      remember(fetched.uid(), new Known(identity, fetched.flags()));
    } else if (!known.identity.equals(identity)) {
      found("UID " + fetched.uid() + " was " + known.identity + ", is " + identity);
    } else if (known.presence == Presence.GONE) {
      found("UID " + fetched.uid() + " (" + identity + ") was expunged and is back");
    } else {
      known.presence = Presence.HERE;
      known.way = Way.NONE;
      check(fetched.uid(), known, fetched.flags());
    }
  }

  private void check(long uid, Known known, Set<String> shown) {
    Set<String> differ = new TreeSet<>(shown);
    differ.removeAll(known.flags);
    known.flags.stream().filter(flag -> !shown.contains(flag)).forEach(differ::add);
    differ.removeAll(known.doubtful);
    if (!differ.isEmpty()) {
      found("UID " + uid + " should have " + known.flags + ", has " + shown);
    }
    known.flags = new TreeSet<>(shown);
    known.doubtful.clear();
  }

  /** A message under a UID that is new. */
  void remember(long uid, Known known) {
    Known before = byUid.putIfAbsent(uid, known);
    if (before != null) {
      found("UID " + uid + " was " + before.identity + ", is given to " + known.identity);
      return;
    }
    Long other = byIdentity.putIfAbsent(known.identity, uid);
    if (other != null) {
      found(known.identity + " is there twice, UIDs " + other + " and " + uid);
    }
  }

  boolean everHad(String identity) {
    return byIdentity.containsKey(identity);
  }

  /** The UIDs of our own messages that are here for sure. */
  List<Long> own() {
    return byUid.entrySet().stream()
        .filter(entry -> entry.getValue().presence == Presence.HERE && entry.getValue().own())
        .map(Map.Entry::getKey)
        .toList();
  }
}
