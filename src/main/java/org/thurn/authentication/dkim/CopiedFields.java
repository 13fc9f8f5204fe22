package org.thurn.authentication.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;

/**
 * The copies of header fields in {@code z=}, RFC 6376 §3.5: they prove nothing, and tell what was
 * changed.
 */
final class CopiedFields {
  /** More than any message has that is worth explaining. */
  private static final int MAX_COPIES = 200;

  private CopiedFields() {}

  /** A copy as a field; of a name, the copies come in the fields' order. */
  static List<HeaderField> of(MessageSignature signature) {
    List<HeaderField> copies = new ArrayList<>();
    for (String copy : signature.copiedFields().orElse("").split("\\|", MAX_COPIES)) {
      int colon = copy.indexOf(':');
      if (colon > 0) {
        String name = QuotedText.decode(copy.substring(0, colon));
        String value = QuotedText.decode(copy.substring(colon + 1));
        field((name + ":" + value + "\r\n").getBytes(StandardCharsets.UTF_8))
            .ifPresent(copies::add);
      }
    }
    return copies;
  }

  /** The octets as a field; empty if none comes out of them. */
  static Optional<HeaderField> field(byte[] line) {
    try {
      return Optional.of(HeaderField.raw(line));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // a stranger's text
    }
  }

  /** The names of signed fields that are not as their copies, by their relaxed form. */
  static List<String> changed(MessageSignature signature, Headers headers) {
    Map<String, List<HeaderField>> copies = new HashMap<>();
    for (HeaderField copy : of(signature)) {
      copies.computeIfAbsent(fold(copy.name()), n -> new ArrayList<>()).add(copy);
    }
    SignedFields fields = new SignedFields(headers);
    return signature.signedFields().stream()
        .map(CopiedFields::fold)
        .distinct()
        .filter(copies::containsKey)
        .filter(name -> !same(copies.getOrDefault(name, List.of()), name, signature, fields))
        .toList();
  }

  private static boolean same(
      List<HeaderField> copies, String name, MessageSignature signature, SignedFields fields) {
    List<String> wanted = signature.signedFields().stream().filter(name::equalsIgnoreCase).toList();
    List<HeaderField> there = fields.pick(wanted).reversed();
    return Arrays.equals(relaxed(copies), relaxed(there))
        || Arrays.equals(relaxed(copies.reversed()), relaxed(there));
  }

  private static byte[] relaxed(List<HeaderField> fields) {
    HeaderHasher hasher = new HeaderHasher(Canonicalization.RELAXED);
    fields.forEach(hasher::add);
    return hasher.octets();
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
