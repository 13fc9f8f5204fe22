package org.thurn.authentication.dmarc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Parses {@code dmarc-record} of RFC 9989 §4.8. Unlike a tag-list of DKIM it is never wrong as a
 * whole, once it begins with the version: what is wrong counts as not written.
 */
final class DmarcRecordParser {
  /** Of each kind of report; more would be a way to have us send to many. */
  static final int MAX_URIS = 10;

  /** Mistakes and remarks that are told; who makes more knows by then. */
  static final int MAX_WORDS = 20;

  private static final Pattern RECORD =
      Pattern.compile("[vV][ \t]*+=[ \t]*+DMARC1[ \t]*+(?:;.*+)?+", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("[A-Za-z]++");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x3a\\x3c-\\x7e]++");
  private static final Pattern PERCENTAGE = Pattern.compile("100|[0-9]{1,2}");
  private static final Set<String> HISTORIC = Set.of("pct", "rf", "ri");
  private static final Set<String> KNOWN =
      Set.of("v", "p", "sp", "np", "psd", "t", "adkim", "aspf", "rua", "ruf", "fo");

  private final String text;
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final List<String> mistakes = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private boolean broken;

  DmarcRecordParser(String text) {
    this.text = text;
  }

  static boolean isRecord(String text) {
    return RECORD.matcher(text).matches();
  }

  DmarcRecord record() throws DmarcSyntaxException {
    if (!isRecord(text)) {
      throw new DmarcSyntaxException("it does not begin with v=DMARC1");
    }
    int start = text.indexOf(';');
    while (start >= 0) {
      int end = text.indexOf(';', start + 1);
      tag(text.substring(start + 1, end < 0 ? text.length() : end), end < 0);
      start = end;
    }
    remarkTags();
    Optional<Policy> policy = policy("p");
    Optional<Policy> subdomains = policy("sp");
    Optional<Policy> nonExistent = policy("np");
    if (policy.isEmpty() && !tags.containsKey("p")) {
      note(remarks, "there is no p=, which counts as none");
    }
    PsdTag psd = choice("psd", PsdTag.values(), PsdTag::letter, PsdTag.UNKNOWN);
    boolean testing = choice("t", new String[] {"n", "y"}, letter -> letter, "n").equals("y");
    AlignmentMode dkim = mode("adkim");
    AlignmentMode spf = mode("aspf");
    List<DmarcUri> aggregate = uris("rua");
    List<DmarcUri> failure = uris("ruf");
    Set<FailureOption> options = failureOptions();
    return new DmarcRecord(
        text,
        policy,
        subdomains,
        nonExistent,
        broken,
        psd,
        testing,
        dkim,
        spf,
        aggregate,
        failure,
        options,
        percentage(),
        mistakes,
        remarks);
  }

  private static void note(List<String> notes, String words) {
    if (notes.size() < MAX_WORDS) {
      notes.add(words);
    }
  }

  private void tag(String part, boolean last) {
    String stripped = strip(part);
    if (stripped.isEmpty()) {
      if (!last) {
        note(mistakes, "there is nothing between two semicolons");
      }
      return;
    }
    int equals = stripped.indexOf('=');
    String name = equals < 0 ? "" : strip(stripped.substring(0, equals)).toLowerCase(Locale.ROOT);
    String value = equals < 0 ? "" : strip(stripped.substring(equals + 1));
    if (!TAG.matcher(name).matches()) {
      note(mistakes, "\"" + Words.of(stripped) + "\" is no tag with a value");
    } else if (tags.containsKey(name)) {
      note(mistakes, Words.of(name) + "= stands there twice, the first counts");
    } else {
      tags.put(name, value);
      if (!VALUE.matcher(value).matches()) {
        note(mistakes, Words.of(name) + "= has no proper value");
      }
    }
  }

  private static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private void remarkTags() {
    for (String name : tags.keySet()) {
      if (HISTORIC.contains(name)) {
        note(remarks, name + "= is of RFC 7489 and has no effect any more");
      } else if (!KNOWN.contains(name)) {
        note(remarks, Words.of(name) + "= is no tag that we know");
      } else if (name.equals("v")) {
        note(mistakes, "v= stands there twice, the first counts");
      }
    }
  }

  private void wrong(String name, String value) {
    note(mistakes, name + "= cannot be \"" + Words.of(value) + "\"");
  }

  private Optional<Policy> policy(String name) {
    Optional<String> value = Optional.ofNullable(tags.get(name));
    Optional<Policy> policy = value.flatMap(Policy::of);
    if (value.isPresent() && policy.isEmpty()) {
      wrong(name, value.get());
      broken = true;
    }
    return policy;
  }

  private AlignmentMode mode(String name) {
    return choice(name, AlignmentMode.values(), AlignmentMode::letter, AlignmentMode.RELAXED);
  }

  /** ABNF's literals are of any case, RFC 5234 §2.3. */
  private <T> T choice(String name, T[] choices, Function<T, String> letter, T ifMissing) {
    String value = tags.get(name);
    if (value == null) {
      return ifMissing;
    }
    Optional<T> found =
        Arrays.stream(choices).filter(c -> letter.apply(c).equalsIgnoreCase(value)).findFirst();
    if (found.isEmpty()) {
      wrong(name, value);
    }
    return found.orElse(ifMissing);
  }

  private List<DmarcUri> uris(String name) {
    List<DmarcUri> uris = new ArrayList<>();
    String value = tags.getOrDefault(name, "");
    int start = 0;
    while (start < value.length()) {
      int comma = value.indexOf(',', start);
      int end = comma < 0 ? value.length() : comma;
      if (uris.size() == MAX_URIS) {
        note(mistakes, name + "= names more than " + MAX_URIS + " URIs, the rest does not count");
        break;
      }
      uri(name, strip(value.substring(start, end))).ifPresent(uris::add);
      start = end + 1;
    }
    return uris;
  }

  private Optional<DmarcUri> uri(String name, String text) {
    try {
      DmarcUri uri = DmarcUri.parse(text);
      if (uri.maximumSize().isPresent()) {
        note(
            remarks, "the size of " + Words.of(uri) + " is of RFC 7489 and has no effect any more");
      }
      if (uri.mailbox().isEmpty()) {
        note(remarks, "we do not send reports by " + Words.of(uri.scheme()));
      }
      return Optional.of(uri);
    } catch (DmarcSyntaxException e) {
      note(mistakes, "in " + name + "=: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** {@code dmarc-fo}: each at most once, 0 and 1 not together. */
  private Set<FailureOption> failureOptions() {
    Set<FailureOption> byDefault = EnumSet.of(FailureOption.ALL);
    String value = tags.get("fo");
    if (value == null) {
      return byDefault;
    }
    Set<FailureOption> options = EnumSet.noneOf(FailureOption.class);
    for (String part : value.split(":", FailureOption.values().length + 1)) {
      Optional<FailureOption> option =
          Arrays.stream(FailureOption.values())
              .filter(o -> o.letter().equalsIgnoreCase(strip(part)))
              .findFirst();
      if (option.isEmpty() || !options.add(option.get())) {
        wrong("fo", value);
        return byDefault;
      }
    }
    if (options.contains(FailureOption.ALL) && options.contains(FailureOption.ANY)) {
      wrong("fo", value);
      return byDefault;
    }
    return options;
  }

  private OptionalInt percentage() {
    String value = tags.getOrDefault("pct", "");
    return PERCENTAGE.matcher(value).matches()
        ? OptionalInt.of(Integer.parseInt(value))
        : OptionalInt.empty();
  }
}
