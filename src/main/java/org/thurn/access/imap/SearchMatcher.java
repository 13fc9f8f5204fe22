package org.thurn.access.imap;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.access.imap.grammar.SearchKey;
import org.thurn.access.imap.grammar.SequenceSet;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.UidSet;
import org.thurn.message.DateTime;
import org.thurn.message.HeaderField;

/** A search key made ready for one view: sets resolved, cheap tests before dear ones. */
final class SearchMatcher {
  /** One key's test. */
  @FunctionalInterface
  private interface Test {
    boolean matches(StoredMessage message) throws IOException;
  }

  private final SelectedMailbox selected;
  private final Instant now;
  private boolean modseq;
  private UidSet scope;
  private Test test = message -> true;

  private SearchMatcher(ImapSession session) {
    this.selected = session.selected();
    this.now = session.server().time().now();
    this.scope = UidSet.ALL;
  }

  static SearchMatcher of(SearchKey key, ImapSession session) throws ImapSyntaxException {
    SearchMatcher matcher = new SearchMatcher(session);
    matcher.scope = matcher.scope(key);
    matcher.test = matcher.compile(key);
    return matcher;
  }

  boolean matches(StoredMessage message) throws IOException {
    return test.matches(message);
  }

  /** Whether the key asks for MODSEQ, so that the response tells one. */
  boolean usesModseq() {
    return modseq;
  }

  /** No message outside of these can match. */
  UidSet scope() {
    return scope;
  }

  private UidSet scope(SearchKey key) throws ImapSyntaxException {
    if (key instanceof SearchKey.Numbers(SequenceSet set, boolean uid)) {
      return selected.resolve(set, uid);
    }
    if (key instanceof SearchKey.And(List<SearchKey> keys)) {
      for (SearchKey each : keys) {
        if (each instanceof SearchKey.Numbers) {
          return scope(each);
        }
      }
    }
    return UidSet.ALL;
  }

  private Test compile(SearchKey key) throws ImapSyntaxException {
    return switch (key) {
      case SearchKey.All() -> message -> true;
      case SearchKey.Flag(var flag, var present) ->
          message -> message.row().flags().has(flag) == present;
      case SearchKey.Keyword(var keyword, var present) ->
          message -> message.row().flags().hasKeyword(keyword) == present;
      case SearchKey.Recent(var present) -> message -> !present;
      case SearchKey.Date date -> message -> matches(date, message);
      case SearchKey.Within(var younger, var seconds) ->
          message -> {
            Instant edge = now.minusSeconds(Math.min(seconds, now.getEpochSecond()));
            return message.row().internalDate().isBefore(edge) != younger;
          };
      case SearchKey.Larger(var octets) -> message -> message.row().size() > octets;
      case SearchKey.Smaller(var octets) -> message -> message.row().size() < octets;
      case SearchKey.Header(var field, var text) -> message -> header(message, field, text);
      case SearchKey.Text(var text, var headerToo) ->
          message -> MessageText.contains(message, text, headerToo);
      case SearchKey.Numbers(var set, var uid) -> {
        UidRanges ranges = new UidRanges(selected.resolve(set, uid));
        yield message -> ranges.contains(message.row().uid());
      }
      case SearchKey.Modseq(var atLeast) -> {
        modseq = true;
        yield message -> message.row().modseq() >= atLeast;
      }
      case SearchKey.EmailId(var id) -> message -> message.row().email().text().equals(id);
      case SearchKey.ThreadId(var id) -> message -> message.row().thread().text().equals(id);
      case SearchKey.Not(var inner) -> {
        Test not = compile(inner);
        yield message -> !not.matches(message);
      }
      case SearchKey.Or(var one, var other) -> or(one, other);
      case SearchKey.And(var keys) -> and(keys);
    };
  }

  private Test or(SearchKey one, SearchKey other) throws ImapSyntaxException {
    Test first = compile(one.needsContent() ? other : one);
    Test second = compile(one.needsContent() ? one : other);
    return message -> first.matches(message) || second.matches(message);
  }

  private Test and(List<SearchKey> keys) throws ImapSyntaxException {
    List<Test> tests = new ArrayList<>();
    List<SearchKey> cheapFirst = new ArrayList<>(keys);
    cheapFirst.sort(Comparator.comparing(SearchKey::needsContent));
    for (SearchKey key : cheapFirst) {
      tests.add(compile(key));
    }
    return message -> {
      for (Test each : tests) {
        if (!each.matches(message)) {
          return false;
        }
      }
      return true;
    };
  }

  /** RFC 9051 §6.4.4 disregards time and zone; the internal date's zone is ours, UTC. */
  private static boolean matches(SearchKey.Date key, StoredMessage message) throws IOException {
    MessageRow row = message.row();
    Optional<LocalDate> date =
        switch (key.of()) {
          case INTERNAL -> Optional.of(LocalDate.ofInstant(row.internalDate(), ZoneOffset.UTC));
          case SAVED -> Optional.of(LocalDate.ofInstant(row.saveDate(), ZoneOffset.UTC));
          case SENT ->
              message
                  .headers()
                  .first("Date")
                  .flatMap(field -> DateTime.parse(field.unfolded()))
                  .map(OffsetDateTime::toLocalDate);
        };
    return date.isPresent()
        && switch (key.comparison()) {
          case BEFORE -> date.get().isBefore(key.date());
          case ON -> date.get().equals(key.date());
          case SINCE -> !date.get().isBefore(key.date());
        };
  }

  /** An empty text asks whether the field is there. */
  private static boolean header(StoredMessage message, String name, String text)
      throws IOException {
    for (HeaderField field : message.headers().all(name)) {
      if (MessageText.contains(field.decoded(), text)) {
        return true;
      }
    }
    return false;
  }
}
