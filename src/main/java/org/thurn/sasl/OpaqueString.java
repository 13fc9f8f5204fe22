package org.thurn.sasl;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.util.Optional;

/**
 * The PRECIS profile that passwords go through, RFC 8265 §4.2: what two keyboards write differently
 * compares equal. It stands in for SASLprep, which it replaced, in SCRAM too.
 */
public final class OpaqueString {
  /** Bounds the work of hashing. */
  private static final int MAX_CHARS = 1024;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private OpaqueString() {}

  /** The enforced password, or empty where it has none: empty, too long, a forbidden character. */
  public static Optional<String> enforce(String password) {
    if (password.isEmpty() || password.length() > MAX_CHARS) {
      return Optional.empty();
    }
    StringBuilder mapped = new StringBuilder();
    password
        .codePoints()
        .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
        .forEach(mapped::appendCodePoint);
    String normal = Normalizer2.getNFCInstance().normalize(mapped);
    return normal.codePoints().allMatch(OpaqueString::allowed)
        ? Optional.of(normal)
        : Optional.empty();
  }

  /** {@code FreeformClass} of RFC 8264 §4.3; joiners pass without their context rules. */
  private static boolean allowed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.UNASSIGNED,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default ->
          c == ZERO_WIDTH_NON_JOINER
              || c == ZERO_WIDTH_JOINER
              || !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    };
  }
}
