package org.thurn.tls.mtasts;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurn.tls.WhiteSpace;

/**
 * Reads the file of a policy, RFC 8461 §3.2. Unknown fields mean nothing, and of a field that may
 * stand there once the first counts. Blank lines, which the grammar does not have, are skipped: to
 * refuse a policy for one would leave mail without any protection.
 */
public final class PolicyText {
  /** Octets of a file; the size that §3.3 suggests. */
  public static final int MAX_OCTETS = 64 << 10;

  private static final String VERSION = "version";
  private static final String MODE = "mode";
  private static final String MX = "mx";
  private static final String MAX_AGE = "max_age";

  /** {@code sts-policy-ext-name}; the four names of ours are of that form as well. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");

  /** {@code sts-policy-ext-value}: no control characters of ASCII, spaces only inside. */
  private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x20\\x7f]([^\\x00-\\x1f\\x7f]*)");

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");

  private final Map<String, String> first = new HashMap<>();
  private final List<MxPattern> mx = new ArrayList<>();

  private PolicyText() {}

  /** Reads a file whole. */
  public static PolicyReading parse(byte[] octets) {
    if (octets.length > MAX_OCTETS) {
      return new PolicyReading.Invalid("it is larger than " + MAX_OCTETS + " octets");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      return new PolicyReading.Invalid("it is not UTF-8");
    }
    PolicyText fields = new PolicyText();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean last = i == lines.length - 1;
      Optional<String> wrong = fields.take(withoutEnd(lines[i], last));
      if (wrong.isPresent()) {
        return new PolicyReading.Invalid("line " + (i + 1) + ": " + wrong.get());
      }
    }
    return fields.policy();
  }

  /** {@code sts-policy-term = LF / CRLF}: a CR that no LF follows stays, and is refused. */
  private static String withoutEnd(String line, boolean last) {
    return !last && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** Takes one line; what is wrong with it, if anything. */
  private Optional<String> take(String raw) {
    String line = WhiteSpace.stripTrailing(raw);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    int colon = line.indexOf(':');
    if (colon < 0) {
      return Optional.of("it has no colon");
    }
    String name = line.substring(0, colon);
    String value = WhiteSpace.stripLeading(line.substring(colon + 1));
    if (!NAME.matcher(name).matches()) {
      return Optional.of("what stands before its colon is no name of a field");
    }
    if (!VALUE.matcher(value).matches()) {
      return Optional.of("the field " + name + " has no proper value");
    }
    if (name.equals(MX)) {
      Optional<MxPattern> pattern = MxPattern.parse(value);
      pattern.ifPresent(mx::add);
      return pattern.isPresent() ? Optional.empty() : Optional.of("mx is no host name");
    }
    return first.putIfAbsent(name, value) == null ? check(name, value) : Optional.empty();
  }

  private static Optional<String> check(String name, String value) {
    return switch (name) {
      case VERSION ->
          value.equals(StsPolicy.VERSION)
              ? Optional.empty()
              : Optional.of("the version is not " + StsPolicy.VERSION);
      case MODE ->
          Mode.of(value).isPresent()
              ? Optional.empty()
              : Optional.of("the mode is none of enforce, testing and none");
      case MAX_AGE ->
          DIGITS.matcher(value).matches()
              ? Optional.empty()
              : Optional.of("max_age is no number of seconds");
      default -> Optional.empty();
    };
  }

  private PolicyReading policy() {
    for (String name : List.of(VERSION, MODE, MAX_AGE)) {
      if (!first.containsKey(name)) {
        return new PolicyReading.Invalid("it has no field " + name);
      }
    }
    Mode mode = Mode.of(first.getOrDefault(MODE, "")).orElseThrow();
    if (mx.isEmpty() && mode != Mode.NONE) {
      return new PolicyReading.Invalid("it has no field mx");
    }
    Duration maxAge = Duration.ofSeconds(Long.parseLong(first.getOrDefault(MAX_AGE, "")));
    return new PolicyReading.Read(new StsPolicy(mode, mx, maxAge));
  }
}
