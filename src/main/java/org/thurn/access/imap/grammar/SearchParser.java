package org.thurn.access.imap.grammar;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.thurn.access.imap.grammar.SearchKey.Comparison;
import org.thurn.access.imap.grammar.SearchKey.DateOf;
import org.thurn.mailbox.SystemFlag;

/** {@code search-key} of RFC 9051 §9. */
final class SearchParser {
  private static final int MAX_DEPTH = 50;
  private static final int MAX_KEYS = 5_000;

  private final Grammar grammar;
  private int keys;

  SearchParser(Grammar grammar) {
    this.grammar = grammar;
  }

  /** {@code search-key *(SP search-key)} up to {@code end}: a parenthesis or the line's end. */
  SearchKey all(char end, int depth) throws IOException, ImapSyntaxException {
    List<SearchKey> found = new ArrayList<>();
    found.add(key(depth));
    while (!grammar.at(end) && grammar.at(' ')) {
      grammar.sp();
      found.add(key(depth));
    }
    return found.size() == 1 ? found.getFirst() : new SearchKey.And(found);
  }

  private SearchKey key(int depth) throws IOException, ImapSyntaxException {
    if (depth > MAX_DEPTH || ++keys > MAX_KEYS) {
      throw new ImapSyntaxException("Search too complex");
    }
    if (grammar.accept('(')) {
      SearchKey inner = all(')', depth + 1);
      grammar.expect(')');
      return inner;
    }
    if (grammar.atSequenceSet()) {
      return new SearchKey.Numbers(grammar.sequenceSet(), false);
    }
    return named(grammar.word(), depth);
  }

  private SearchKey named(String word, int depth) throws IOException, ImapSyntaxException {
    return switch (word) {
      case "NOT" -> {
        grammar.sp();
        yield new SearchKey.Not(key(depth + 1));
      }
      case "OR" -> {
        grammar.sp();
        SearchKey one = key(depth + 1);
        grammar.sp();
        yield new SearchKey.Or(one, key(depth + 1));
      }
      case "ALL" -> new SearchKey.All();
      case "SEEN" -> flag(SystemFlag.SEEN, true);
      case "UNSEEN" -> flag(SystemFlag.SEEN, false);
      case "ANSWERED" -> flag(SystemFlag.ANSWERED, true);
      case "UNANSWERED" -> flag(SystemFlag.ANSWERED, false);
      case "FLAGGED" -> flag(SystemFlag.FLAGGED, true);
      case "UNFLAGGED" -> flag(SystemFlag.FLAGGED, false);
      case "DELETED" -> flag(SystemFlag.DELETED, true);
      case "UNDELETED" -> flag(SystemFlag.DELETED, false);
      case "DRAFT" -> flag(SystemFlag.DRAFT, true);
      case "UNDRAFT" -> flag(SystemFlag.DRAFT, false);
      case "RECENT", "NEW" -> new SearchKey.Recent(true);
      case "OLD" -> new SearchKey.Recent(false);
      default -> withArgument(word);
    };
  }

  private static SearchKey flag(SystemFlag flag, boolean present) {
    return new SearchKey.Flag(flag, present);
  }

  private SearchKey withArgument(String word) throws IOException, ImapSyntaxException {
    return switch (word) {
      case "KEYWORD" -> new SearchKey.Keyword(atom(), true);
      case "UNKEYWORD" -> new SearchKey.Keyword(atom(), false);
      case "FROM", "TO", "CC", "BCC", "SUBJECT" -> new SearchKey.Header(word, astring());
      case "HEADER" -> new SearchKey.Header(astring(), astring());
      case "BODY" -> new SearchKey.Text(astring(), false);
      case "TEXT" -> new SearchKey.Text(astring(), true);
      case "LARGER" -> new SearchKey.Larger(number());
      case "SMALLER" -> new SearchKey.Smaller(number());
      case "YOUNGER" -> new SearchKey.Within(true, number());
      case "OLDER" -> new SearchKey.Within(false, number());
      case "UID" -> {
        grammar.sp();
        yield new SearchKey.Numbers(grammar.sequenceSet(), true);
      }
      case "MODSEQ" -> modseq();
      case "EMAILID" -> new SearchKey.EmailId(atom());
      case "THREADID" -> new SearchKey.ThreadId(atom());
      default -> dated(word);
    };
  }

  /** {@code ["SENT" / "SAVED"] ("BEFORE" / "ON" / "SINCE") SP date}. */
  private SearchKey dated(String word) throws IOException, ImapSyntaxException {
    DateOf of =
        word.startsWith("SENT")
            ? DateOf.SENT
            : word.startsWith("SAVED") ? DateOf.SAVED : DateOf.INTERNAL;
    String how = of == DateOf.INTERNAL ? word : word.substring(of.name().length());
    Comparison comparison =
        switch (how) {
          case "BEFORE" -> Comparison.BEFORE;
          case "ON" -> Comparison.ON;
          case "SINCE" -> Comparison.SINCE;
          default -> throw new ImapSyntaxException("Unknown search key " + word);
        };
    LocalDate date =
        ImapDates.date(astring()).orElseThrow(() -> new ImapSyntaxException("Bad date"));
    return new SearchKey.Date(of, comparison, date);
  }

  /** {@code "MODSEQ" [SP entry-name SP entry-type] SP mod-sequence-valzer} (RFC 7162 §3.1.5). */
  private SearchKey modseq() throws IOException, ImapSyntaxException {
    grammar.sp();
    if (grammar.at('"')) { // we keep one MODSEQ for all of a message's flags
      grammar.quoted();
      grammar.sp();
      grammar.word();
      grammar.sp();
    }
    return new SearchKey.Modseq(grammar.number());
  }

  private String atom() throws ImapSyntaxException {
    grammar.sp();
    return grammar.atom();
  }

  private String astring() throws IOException, ImapSyntaxException {
    grammar.sp();
    return grammar.astring();
  }

  private long number() throws ImapSyntaxException {
    grammar.sp();
    return grammar.number();
  }
}
