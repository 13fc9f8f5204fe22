package org.thurn.authentication.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordData;

/**
 * A record of RFC 7208 §4.5 and §4.6.1, whole and valid: {@code record = version terms *SP}.
 * Printed, it is a text that parses to the same.
 *
 * @param terms in their order
 */
public record SpfRecord(List<Term> terms) {
  private static final String VERSION = "v=spf1";

  public SpfRecord {
    terms = List.copyOf(terms);
  }

  /** Whether a TXT record's text claims to be an SPF record (RFC 7208 §4.5). */
  public static boolean isRecord(String text) {
    return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
        && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
  }

  /** The texts of an answer that claim to be SPF records: RFC 7208 §4.5 allows one. */
  static List<String> among(Answer answer) {
    return answer
        .all(RecordData.Txt.class)
        .map(RecordData.Txt::joined)
        .filter(SpfRecord::isRecord)
        .toList();
  }

  /**
   * Parses the whole record: RFC 7208 §4.6 has a mistake anywhere spoil all of it.
   *
   * @throws SpfSyntaxException with the place of the first mistake
   */
  public static SpfRecord parse(String text) throws SpfSyntaxException {
    if (!isRecord(text)) {
      throw new SpfSyntaxException(1, "a record begins with \"v=spf1\"");
    }
    List<Term> terms = new ArrayList<>();
    for (int start = VERSION.length(); start < text.length(); start++) {
      int space = text.indexOf(' ', start);
      int end = space < 0 ? text.length() : space;
      if (end > start) {
        Term term = new TermParser(text.substring(start, end), start).term();
        if (isSecond(term, terms)) {
          throw new SpfSyntaxException(start + 1, Words.of(term) + " is the second of its kind");
        }
        terms.add(term);
      }
      start = end;
    }
    return new SpfRecord(terms);
  }

  /** RFC 7208 §6 allows these two once each, and anything else as often as it likes. */
  private static boolean isSecond(Term term, List<Term> before) {
    return switch (term) {
      case Modifier.Redirect _ -> before.stream().anyMatch(Modifier.Redirect.class::isInstance);
      case Modifier.Explanation _ ->
          before.stream().anyMatch(Modifier.Explanation.class::isInstance);
      case Modifier.Unknown _, Directive _ -> false;
    };
  }

  /** The directives in their order. */
  public List<Directive> directives() {
    return terms.stream().filter(Directive.class::isInstance).map(Directive.class::cast).toList();
  }

  /** Where to go on when no directive matches; has no effect beside {@code all} (§6.1). */
  public Optional<Modifier.Redirect> redirect() {
    return terms.stream()
        .filter(Modifier.Redirect.class::isInstance)
        .map(Modifier.Redirect.class::cast)
        .findFirst();
  }

  /** Where the words for a FAIL are. */
  public Optional<Modifier.Explanation> explanation() {
    return terms.stream()
        .filter(Modifier.Explanation.class::isInstance)
        .map(Modifier.Explanation.class::cast)
        .findFirst();
  }

  /**
   * What a check may come to, in its order: the directives up to the first {@code all}; without
   * one, all of them and then the redirect.
   */
  List<Term> reached() {
    List<Term> reached = new ArrayList<>();
    for (Directive directive : directives()) {
      reached.add(directive);
      if (directive.mechanism() instanceof Mechanism.All) {
        return reached;
      }
    }
    redirect().ifPresent(reached::add);
    return reached;
  }

  @Override
  public String toString() {
    return terms.stream().map(term -> " " + term).collect(Collectors.joining("", VERSION, ""));
  }
}
