package org.thurn.authentication.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fills in the signatures of a draft: {@code {bh}}, {@code {l}} and {@code {b}} in its fields, the
 * lowest field first, as they were put on. {@code {b 72 t}} has lines of 72 octets that begin with
 * a tab, {@code {b 72 9}} with nine spaces; {@code {b}} is one long line.
 *
 * <p>It canonicalizes by substitutions in whole texts, and has nothing in common with what is
 * tested. It signs with RSA (PKCS #1) and Ed25519, so that a draft always yields the same octets.
 */
final class SampleSigner {
  private static final Pattern BLANK = Pattern.compile("\\{(bh|b|l)(?: (\\d+) (\\d|t))?}");
  private static final Pattern FIELD = Pattern.compile("[^\r]*\r\n(?:[ \t][^\r]*\r\n)*");
  private static final Pattern SIGNATURE = Pattern.compile("(?s)(.*[;:\\s]b\\s*=)[^;]*(.*)\r\n");

  private final PrivateKey rsa;
  private final PrivateKey ed;

  SampleSigner(PrivateKey rsa, PrivateKey ed) {
    this.rsa = rsa;
    this.ed = ed;
  }

  /** The draft with CRLF, and signed. */
  String sign(String draft) throws GeneralSecurityException {
    int end = draft.indexOf("\r\n\r\n") + 2;
    String body = draft.substring(end + 2);
    List<String> fields = new ArrayList<>();
    Matcher each = FIELD.matcher(draft.substring(0, end));
    while (each.find()) {
      fields.add(each.group());
    }
    for (int i = fields.size() - 1; i >= 0; i--) {
      if (BLANK.matcher(fields.get(i)).find()) {
        String hashed = hashed(fields.get(i), body);
        fields.set(i, signed(hashed, fields));
      }
    }
    return String.join("", fields) + "\r\n" + body;
  }

  private static Map<String, String> tags(String field) {
    Map<String, String> tags = new HashMap<>();
    for (String tag : field.substring(field.indexOf(':') + 1).split(";", -1)) {
      String[] parts = tag.split("=", 2);
      if (parts.length == 2) {
        tags.put(parts[0].strip(), parts[1].strip());
      }
    }
    return tags;
  }

  /** With its hash of the body, and the length of that. */
  private static String hashed(String field, String body) throws GeneralSecurityException {
    boolean relaxed = tags(field).getOrDefault("c", "simple").endsWith("/relaxed");
    byte[] canonical = octets(relaxed ? relaxedBody(body) : simpleBody(body));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical);
    String filled = fill(field, "bh", Base64.getEncoder().encodeToString(hash));
    return fill(filled, "l", String.valueOf(canonical.length));
  }

  private static String fill(String field, String name, String value) {
    Matcher blank = BLANK.matcher(field);
    while (blank.find()) {
      if (blank.group(1).equals(name)) {
        String before = field.substring(0, blank.start());
        return before + folded(before, value, blank) + field.substring(blank.end());
      }
    }
    return field;
  }

  private static String folded(String before, String value, Matcher blank) {
    if (blank.group(2) == null) {
      return value;
    }
    int width = Integer.parseInt(blank.group(2));
    String indent =
        blank.group(3).equals("t") ? "\t" : " ".repeat(Integer.parseInt(blank.group(3)));
    StringBuilder lines = new StringBuilder();
    int column = before.length() - before.lastIndexOf('\n') - 1;
    for (char c : value.toCharArray()) {
      if (column >= width) {
        lines.append("\r\n").append(indent);
        column = indent.length();
      }
      lines.append(c);
      column++;
    }
    return lines.toString();
  }

  private String signed(String field, List<String> all) throws GeneralSecurityException {
    String bare = SIGNATURE.matcher(field).replaceFirst("$1$2");
    boolean seal = field.startsWith("ARC-Seal:");
    boolean relaxed = seal || tags(field).getOrDefault("c", "simple").startsWith("relaxed");
    List<String> chosen = seal ? sets(field, all) : picked(tags(field).get("h"), all);
    String text =
        chosen.stream()
            .map(one -> relaxed ? relaxedField(one) : one)
            .collect(Collectors.joining("", "", relaxed ? relaxedField(bare).strip() : bare));
    return fill(field, "b", sign(octets(text), tags(field).get("a").toLowerCase(Locale.ROOT)));
  }

  private String sign(byte[] data, String algorithm) throws GeneralSecurityException {
    boolean edwards = algorithm.startsWith("ed");
    Signature operation = Signature.getInstance(edwards ? "Ed25519" : "SHA256withRSA");
    operation.initSign(edwards ? ed : rsa);
    operation.update(edwards ? MessageDigest.getInstance("SHA-256").digest(data) : data);
    return Base64.getEncoder().encodeToString(operation.sign());
  }

  /** RFC 6376 §5.4.2: each name takes the lowest field that was not taken. */
  private static List<String> picked(String names, List<String> all) {
    List<String> left = new ArrayList<>(all);
    List<String> picked = new ArrayList<>();
    for (String name : names.replaceAll("\\s", "").split(":", -1)) {
      for (int i = left.size() - 1; i >= 0; i--) {
        if (isNamed(left.get(i), name)) {
          picked.add(left.remove(i));
          break;
        }
      }
    }
    return picked;
  }

  /** RFC 8617 §5.1.1: the sets from the first on; of the seal's own the seal itself comes last. */
  private static List<String> sets(String seal, List<String> all) {
    int last = Integer.parseInt(tags(seal).get("i"));
    List<String> chosen = new ArrayList<>();
    for (int i = 1; i <= last; i++) {
      for (String name : List.of("Authentication-Results", "Message-Signature", "Seal")) {
        String instance = String.valueOf(i);
        all.stream()
            .filter(one -> isNamed(one, "ARC-" + name))
            .filter(one -> instance.equals(tags(one).get("i")))
            .filter(one -> !(name.equals("Seal") && instance.equals(tags(seal).get("i"))))
            .forEach(chosen::add);
      }
    }
    return chosen;
  }

  private static boolean isNamed(String field, String name) {
    return field.regionMatches(true, 0, name + ":", 0, name.length() + 1);
  }

  private static String relaxedField(String field) {
    int colon = field.indexOf(':');
    String value = field.substring(colon + 1).replace("\r\n", "").replaceAll("[ \t]+", " ");
    return field.substring(0, colon).strip().toLowerCase(Locale.ROOT)
        + ":"
        + value.strip()
        + "\r\n";
  }

  private static String simpleBody(String body) {
    String cut = body.replaceFirst("(\r\n)*\\z", "");
    return cut + "\r\n";
  }

  private static String relaxedBody(String body) {
    String reduced = body.replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n|\\z)", "");
    String cut = reduced.replaceFirst("(\r\n)*\\z", "");
    return cut.isEmpty() ? "" : cut + "\r\n";
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
