package org.thurn.authentication.dkim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.thurn.authentication.TagList;
import org.thurn.authentication.TagListException;
import org.thurn.message.HeaderField;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;

/** Reads one signature's field, RFC 6376 §3.5 and §6.1.1. */
final class SignatureParser {
  private static final Pattern TIME = Pattern.compile("[0-9]{1,12}");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,76}");

  /** RFC 8617 §4.2.1. */
  private static final Pattern INSTANCE = Pattern.compile("[1-9][0-9]?");

  /** Beyond RFC 5321's sub-domain, the underscores that some selectors have. */
  private static final Pattern SELECTOR =
      Pattern.compile(
          "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*");

  private static final Pattern FIELD_NAME = Pattern.compile("[\\x21-\\x39\\x3b-\\x7e]+");
  private static final int MAX_NAME = 253;

  private final HeaderField field;
  private final Dialect dialect;
  private final TagList tags;

  SignatureParser(HeaderField field, Dialect dialect) throws SignatureSyntaxException {
    this.field = field;
    this.dialect = dialect;
    try {
      // an octet a character, so that the tags' places are places in the field
      this.tags = TagList.parse(new String(field.rawValue(), StandardCharsets.ISO_8859_1));
    } catch (TagListException e) {
      throw new SignatureSyntaxException(
          Cause.BAD_SYNTAX, "", "the field is no list of tags: " + e.getMessage());
    }
  }

  /** What of a field that cannot be used may still be told: a tag's value, if it is there. */
  static Optional<String> guess(HeaderField field, String tag) {
    try {
      String text = new String(field.rawValue(), StandardCharsets.ISO_8859_1);
      return TagList.parse(text).value(tag).map(SignatureParser::utf8);
    } catch (TagListException _) {
      return Optional.empty(); // then nothing can be told
    }
  }

  MessageSignature parse() throws SignatureSyntaxException {
    version();
    Algorithm algorithm = algorithm();
    Domain domain = domain();
    String selector = selector(domain);
    Canonicalization[] canonicalizations = canonicalizations();
    queryMethods();
    TagList.Tag signatureTag =
        tags.tag("b").orElseThrow(() -> wrong("b", "there is no b=, the signature itself"));
    Optional<Instant> timestamp = time("t");
    Optional<Instant> expiration = time("x");
    if (timestamp.isPresent() && expiration.isPresent()) {
      check(expiration.get().isAfter(timestamp.get()), "x", "x= is not later than t=");
    }
    return new MessageSignature(
        dialect,
        field,
        signatureTag,
        algorithm,
        base64("b"),
        bodyHash(),
        canonicalizations[0],
        canonicalizations[1],
        domain,
        signedFields(),
        dialect == Dialect.DKIM ? identity(domain) : Optional.empty(),
        dialect == Dialect.ARC ? instance() : 0,
        bodyLength(),
        selector,
        timestamp,
        expiration,
        tags.value("z"));
  }

  private void version() throws SignatureSyntaxException {
    switch (dialect) {
      case DKIM -> {
        String version = required("v");
        if (!version.equals("1")) {
          String words = "version " + Words.quote(version) + " is not known";
          throw new SignatureSyntaxException(Cause.UNKNOWN_VERSION, "v", words);
        }
      }
      case ARC ->
          check(tags.tag("v").isEmpty(), "v", "a signature of ARC has no v= (RFC 8617 §4.1.2)");
    }
  }

  private Algorithm algorithm() throws SignatureSyntaxException {
    String word = required("a");
    return Algorithm.of(word)
        .orElseThrow(
            () ->
                new SignatureSyntaxException(
                    Cause.UNKNOWN_ALGORITHM,
                    "a",
                    "the algorithm " + Words.quote(word) + " is not known"));
  }

  private Domain domain() throws SignatureSyntaxException {
    String text = utf8(required("d"));
    try {
      return Domain.parse(text);
    } catch (NameSyntaxException _) {
      throw wrong("d", "d=" + Words.quote(text) + " is no domain");
    }
  }

  /** RFC 8616 §5 has U-labels here where the message has UTF-8 in its header. */
  private String selector(Domain domain) throws SignatureSyntaxException {
    String text = utf8(required("s"));
    String ascii = text;
    try {
      if (!text.chars().allMatch(c -> c < 0x80)) {
        ascii = Domain.parse(text).ascii();
      }
    } catch (NameSyntaxException _) {
      throw wrong("s", "s=" + Words.quote(text) + " is no selector");
    }
    check(isSelector(ascii, domain), "s", "s=" + Words.quote(text) + " is no selector");
    return ascii;
  }

  /** Whether it is one, and leads to a name that the DNS can have. */
  static boolean isSelector(String ascii, Domain domain) {
    int length =
        ascii.length() + MessageSignature.KEYS_BELOW.length() + domain.ascii().length() + 2;
    return length <= MAX_NAME && SELECTOR.matcher(ascii).matches();
  }

  private Canonicalization[] canonicalizations() throws SignatureSyntaxException {
    // RFC 8617 says nothing of it; ARC's sealers, and its public suite, mean this without c=
    String usual = dialect == Dialect.ARC ? "relaxed/relaxed" : "simple/simple";
    String text = tags.value("c").orElse(usual);
    int slash = text.indexOf('/');
    String header = slash < 0 ? text : text.substring(0, slash);
    String body = slash < 0 ? "simple" : text.substring(slash + 1);
    Optional<Canonicalization> first = Canonicalization.of(header);
    Optional<Canonicalization> second = Canonicalization.of(body);
    if (first.isEmpty() || second.isEmpty()) {
      String words = "the canonicalization " + Words.quote(text) + " is not known";
      throw new SignatureSyntaxException(Cause.UNKNOWN_CANONICALIZATION, "c", words);
    }
    return new Canonicalization[] {first.get(), second.get()};
  }

  private void queryMethods() throws SignatureSyntaxException {
    String text = tags.value("q").orElse("dns/txt");
    if (!List.of(TagList.squeeze(text).split(":", -1)).contains("dns/txt")) {
      String words = "q=" + Words.quote(text) + " names no way to the key that is known";
      throw new SignatureSyntaxException(Cause.UNKNOWN_QUERY_METHOD, "q", words);
    }
  }

  private String bodyHash() throws SignatureSyntaxException {
    String text = base64("bh");
    boolean hash = Base64.getDecoder().decode(text).length == 32;
    // of another algorithm, which is refused by its name
    boolean sha1 = tags.value("a").orElse("").equals(Algorithm.RSA_SHA1.word());
    check(hash || sha1, "bh", "bh= is no hash of 32 octets");
    return text;
  }

  private String base64(String tag) throws SignatureSyntaxException {
    String text = TagList.squeeze(required(tag));
    try {
      check(Base64.getDecoder().decode(text).length > 0, tag, tag + "= is empty");
      return text;
    } catch (IllegalArgumentException _) {
      throw wrong(tag, tag + "= is not in base64");
    }
  }

  private List<String> signedFields() throws SignatureSyntaxException {
    List<String> names = new ArrayList<>();
    for (String name : TagList.squeeze(required("h")).split(":", -1)) {
      if (name.isEmpty() && dialect == Dialect.ARC) {
        continue; // ARC's public suite has h= with nothing, and nothing between two colons
      }
      boolean good = FIELD_NAME.matcher(name).matches();
      check(good, "h", "h= has " + Words.quote(name) + ", which is no field's name");
      names.add(name);
    }
    boolean from = names.stream().anyMatch(name -> name.equalsIgnoreCase("From"));
    if (!from && dialect == Dialect.DKIM) {
      String words = "From is not among the signed fields";
      throw new SignatureSyntaxException(Cause.FROM_NOT_SIGNED, "h", words);
    }
    return names;
  }

  private Optional<String> identity(Domain domain) throws SignatureSyntaxException {
    Optional<String> text = tags.value("i").map(i -> QuotedText.decode(utf8(i)));
    if (text.isEmpty()) {
      return text;
    }
    int at = text.get().lastIndexOf('@');
    boolean clean = text.get().chars().noneMatch(Character::isISOControl);
    check(at >= 0 && clean, "i", "i=" + Words.quote(text.get()) + " is no identity");
    Domain of;
    try {
      of = Domain.parse(text.get().substring(at + 1));
    } catch (NameSyntaxException _) {
      throw wrong("i", "i=" + Words.quote(text.get()) + " has no domain");
    }
    if (!of.isWithin(domain)) {
      String words = "i= is of " + of + ", which is not " + domain + " or below it";
      throw new SignatureSyntaxException(Cause.FOREIGN_IDENTITY, "i", words);
    }
    return Optional.of(text.get().substring(0, at + 1) + of.ascii());
  }

  private int instance() throws SignatureSyntaxException {
    String text = required("i");
    check(INSTANCE.matcher(text).matches(), "i", "i= is no number of 1 to 50");
    int instance = Integer.parseInt(text);
    check(instance <= 50, "i", "i= is no number of 1 to 50");
    return instance;
  }

  /**
   * No message is longer than a long can say, so that a longer number is as good as the largest.
   */
  private OptionalLong bodyLength() throws SignatureSyntaxException {
    Optional<String> text = tags.value("l");
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    check(LENGTH.matcher(text.get()).matches(), "l", "l= is no number");
    String digits = text.get().replaceFirst("^0+(?=.)", "");
    return OptionalLong.of(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits));
  }

  private Optional<Instant> time(String tag) throws SignatureSyntaxException {
    Optional<String> text = tags.value(tag);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    check(TIME.matcher(text.get()).matches(), tag, tag + "= is no time in seconds");
    return Optional.of(Instant.ofEpochSecond(Long.parseLong(text.get())));
  }

  private String required(String tag) throws SignatureSyntaxException {
    return tags.value(tag).orElseThrow(() -> wrong(tag, "there is no " + tag + "="));
  }

  private static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static void check(boolean good, String tag, String words)
      throws SignatureSyntaxException {
    if (!good) {
      throw wrong(tag, words);
    }
  }

  private static SignatureSyntaxException wrong(String tag, String words) {
    return new SignatureSyntaxException(Cause.BAD_SYNTAX, tag, words);
  }
}
