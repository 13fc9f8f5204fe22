package org.thurn.access.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.access.imap.grammar.ImapCommand.SearchReturn;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.access.imap.grammar.SearchKey;
import org.thurn.mailbox.Email;
import org.thurn.mailbox.EmailId;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.UidSet;

/** SEARCH (RFC 9051 §6.4.4): which messages of the view match, and how that is told. */
final class SearchCommand {
  private static final int ROWS = 1_000;
  private static final int EMAILS = 50;

  private final ImapSession session;
  private final SelectedMailbox selected;
  private final String tag;
  private final ImapCommand.Search command;
  private final List<UidSet.Range> found = new ArrayList<>();
  private long highestModseq;

  SearchCommand(ImapSession session, String tag, ImapCommand.Search command) {
    this.session = session;
    this.selected = session.selected();
    this.tag = tag;
    this.command = command;
  }

  Completion run() throws IOException, ImapSyntaxException {
    String charset = command.charset().orElse("UTF-8").toUpperCase(Locale.ROOT);
    if (!charset.equals("UTF-8") && !charset.equals("US-ASCII")) {
      if (returns().contains(SearchReturn.SAVE)) {
        selected.save(UidSet.NONE); // RFC 9051 §6.4.4.1: one that fails leaves nothing saved
      }
      return Completion.no("BADCHARSET (US-ASCII UTF-8)", "Unknown charset");
    }
    SearchMatcher matcher = SearchMatcher.of(command.key(), session);
    if (matcher.usesModseq()) {
      session.enableCondstore(); // RFC 7162 §3.1
    }
    search(matcher);
    UidSet uids = new UidSet(found);
    Set<SearchReturn> returns = returns();
    if (returns.contains(SearchReturn.SAVE)) {
      selected.save(saved(uids, returns));
    }
    UidSet told = command.uid() ? uids : selected.numbers().numbers(uids);
    if (returns.isEmpty()) {
      old(told, matcher.usesModseq());
    } else {
      extended(told, returns, matcher.usesModseq());
    }
    return Completion.ok("Completed");
  }

  /** A client that enabled IMAP4rev2 gets ESEARCH always (RFC 9051 §6.4.4). */
  private Set<SearchReturn> returns() {
    return command.returns().orElse(session.rev2() ? Set.of(SearchReturn.ALL) : Set.of());
  }

  private void search(SearchMatcher matcher) throws IOException {
    if (command.key() instanceof SearchKey.All) { // no row tells more than the view
      SequenceNumbers numbers = selected.numbers();
      for (int number = 1; number <= numbers.count(); number++) {
        add(numbers.uid(number));
      }
      return;
    }
    UidSet rest = matcher.scope();
    int limit = command.key().needsContent() ? EMAILS : ROWS;
    while (!rest.isEmpty()) {
      List<MessageRow> rows = session.mail().messages(selected.id(), rest, limit);
      match(matcher, rows);
      rest = rows.size() < limit ? UidSet.NONE : rest.after(rows.getLast().uid());
    }
  }

  private void match(SearchMatcher matcher, List<MessageRow> rows) throws IOException {
    Map<EmailId, Email> emails =
        command.key().needsContent()
            ? session.mail().emails(rows.stream().map(MessageRow::email).toList())
            : Map.of();
    for (MessageRow row : rows) {
      Optional<Email> email = Optional.ofNullable(emails.get(row.email()));
      boolean known = selected.numbers().number(row.uid()) > 0;
      if (known && matches(matcher, new StoredMessage(session.mail(), row, email))) {
        add(row.uid());
        highestModseq = Math.max(highestModseq, row.modseq());
      }
    }
  }

  private static boolean matches(SearchMatcher matcher, StoredMessage message) throws IOException {
    try {
      return matcher.matches(message);
    } catch (StoredMessage.GoneException e) {
      // removed meanwhile: it matches nothing, and its EXPUNGE follows
      return false;
    }
  }

  private void add(long uid) {
    UidSet.Range last = found.isEmpty() ? null : found.getLast();
    if (last != null && last.last() + 1 == uid) {
      found.set(found.size() - 1, new UidSet.Range(last.first(), uid));
    } else {
      found.add(new UidSet.Range(uid, uid));
    }
  }

  /** SAVE with MIN or MAX alone saves those only (RFC 9051 §6.4.4.4). */
  private static UidSet saved(UidSet uids, Set<SearchReturn> returns) {
    boolean min = returns.contains(SearchReturn.MIN);
    boolean max = returns.contains(SearchReturn.MAX);
    boolean all = returns.contains(SearchReturn.ALL) || returns.contains(SearchReturn.COUNT);
    if (uids.isEmpty() || all || (!min && !max)) {
      return uids;
    }
    long first = uids.ranges().getFirst().first();
    long last = uids.ranges().getLast().last();
    return min && max ? UidSet.of(first, last) : UidSet.of(min ? first : last);
  }

  private void old(UidSet told, boolean modseq) throws IOException {
    ResponseWriter out = session.out();
    out.text("* SEARCH");
    for (UidSet.Range range : told.ranges()) {
      for (long number = range.first(); number <= range.last(); number++) {
        out.octet(' ').number(number);
      }
    }
    if (modseq && !told.isEmpty()) {
      out.text(" (MODSEQ ").number(highestModseq).octet(')');
    }
    out.crlf();
  }

  private void extended(UidSet told, Set<SearchReturn> returns, boolean modseq) throws IOException {
    if (returns.equals(Set.of(SearchReturn.SAVE))) {
      return; // RFC 9051 §6.4.4.1: no response if only the result is saved
    }
    ResponseWriter out = session.out();
    out.text("* ESEARCH (TAG ").string(tag).octet(')').text(command.uid() ? " UID" : "");
    if (!told.isEmpty()) {
      if (returns.contains(SearchReturn.MIN)) {
        out.text(" MIN ").number(told.ranges().getFirst().first());
      }
      if (returns.contains(SearchReturn.MAX)) {
        out.text(" MAX ").number(told.ranges().getLast().last());
      }
      if (returns.contains(SearchReturn.ALL)) {
        out.text(" ALL ").text(told.toString());
      }
    }
    if (returns.contains(SearchReturn.COUNT)) {
      out.text(" COUNT ").number(told.count());
    }
    if (modseq && !told.isEmpty()) {
      out.text(" MODSEQ ").number(highestModseq);
    }
    out.crlf();
  }
}
