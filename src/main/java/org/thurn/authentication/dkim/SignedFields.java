package org.thurn.authentication.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;

/**
 * A header section's fields by name, to pick those that an {@code h=} names: each name takes the
 * lowest field that was not taken yet, and nothing if there is none (RFC 6376 §5.4.2).
 */
public final class SignedFields {
  private final Map<String, List<HeaderField>> byName = new HashMap<>();

  public SignedFields(Headers headers) {
    for (HeaderField field : headers) {
      if (field.isWellFormed()) {
        byName.computeIfAbsent(fold(field.name()), n -> new ArrayList<>()).add(field);
      }
    }
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The fields in the order of the names. */
  public List<HeaderField> pick(List<String> names) {
    Map<String, Integer> taken = new HashMap<>();
    List<HeaderField> picked = new ArrayList<>();
    for (String name : names) {
      List<HeaderField> fields = byName.getOrDefault(fold(name), List.of());
      int before = taken.merge(fold(name), 1, Integer::sum) - 1;
      if (before < fields.size()) {
        picked.add(fields.get(fields.size() - 1 - before));
      }
    }
    return picked;
  }

  /** How many fields have the name. */
  int count(String name) {
    return byName.getOrDefault(fold(name), List.of()).size();
  }

  /** What the signature signs: the fields that it names, and its own field last. */
  public byte[] octets(MessageSignature signature) {
    HeaderHasher hasher = new HeaderHasher(signature.headerCanonicalization());
    pick(signature.signedFields()).forEach(hasher::add);
    return hasher.addSignature(signature.field(), signature.signatureTag()).octets();
  }
}
