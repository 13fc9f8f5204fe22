package org.thurn.authentication.results;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The methods of the IANA registry "Email Authentication Methods" that are in use, and the words
 * which "Email Authentication Result Names" has for each.
 */
public enum Method {
  /** RFC 8617 §7.1. */
  ARC("arc", "none", "pass", "fail"),
  /** SMTP AUTH, RFC 8601 §2.7.4. */
  AUTH("auth", "none", "pass", "fail", "temperror", "permerror"),
  /** RFC 8601 §2.7.1. */
  DKIM("dkim", "none", "pass", "fail", "policy", "neutral", "temperror", "permerror"),
  /** RFC 7489 §11.2. */
  DMARC("dmarc", "none", "pass", "fail", "temperror", "permerror"),
  /** RFC 8904. */
  DNSWL("dnswl", "none", "pass", "temperror", "permerror"),
  /** RFC 8601 §2.7.3. */
  IPREV("iprev", "pass", "fail", "temperror", "permerror"),
  /** RFC 7293 §10. */
  RRVS("rrvs", "none", "unknown", "temperror", "permerror", "pass", "fail"),
  /** RFC 7281. */
  SMIME("smime", "none", "pass", "fail", "policy", "neutral", "temperror", "permerror"),
  /** RFC 8601 §2.7.2. */
  SPF("spf", "none", "pass", "fail", "softfail", "policy", "neutral", "temperror", "permerror"),
  /** RFC 6212. */
  VBR("vbr", "none", "pass", "fail", "temperror", "permerror");

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
  private final List<String> results;

  Method(String word, String... results) {
    this.word = word;
    this.results = List.of(results);
  }

  /** As it is written. */
  public String word() {
    return word;
  }

  /** The results that are registered for it. */
  public List<String> results() {
    return results;
  }

  /** A result of this method, to be completed; the word must be a registered one. */
  public MethodResult result(String result) {
    if (!results.contains(result)) {
      throw new IllegalArgumentException(result + " is no result of " + word);
    }
    return MethodResult.of(word, result);
  }

  /** The method of a result; empty for those that are not registered, such as {@code x-ptr}. */
  public static Optional<Method> of(MethodResult result) {
    return Arrays.stream(values()).filter(method -> result.isOf(method.word)).findFirst();
  }
}
