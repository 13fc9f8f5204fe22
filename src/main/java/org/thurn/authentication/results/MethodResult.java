package org.thurn.authentication.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one method came to: {@code resinfo} of RFC 8601 §2.2.
 *
 * @param method in lower case; {@link Method} knows the registered ones
 * @param version of the method; {@link #VERSION} where none is written
 * @param result in lower case, such as {@code pass}
 * @param reason in words; may hold anything if a stranger wrote it
 * @param properties what was looked at, in their order
 */
public record MethodResult(
    String method, int version, String result, Optional<String> reason, List<Property> properties) {
  /** The version where none is said (RFC 8601 §2.2). */
  public static final int VERSION = 1;

  public MethodResult {
    method = Keywords.check(method);
    result = Keywords.check(result);
    if (version < 0) {
      throw new IllegalArgumentException("a version of " + version);
    }
    properties = List.copyOf(properties);
  }

  /** A result without reason or properties, to be completed. */
  public static MethodResult of(String method, String result) {
    return new MethodResult(method, VERSION, result, Optional.empty(), List.of());
  }

  /** With a reason; what is unfit for a field is made fit when it is written. */
  public MethodResult because(String words) {
    return new MethodResult(method, version, result, Optional.of(words), properties);
  }

  /** With one more property. */
  public MethodResult with(String ptype, String name, String value) {
    List<Property> more = new ArrayList<>(properties);
    more.add(new Property(ptype, name, value));
    return new MethodResult(method, version, result, reason, more);
  }

  /** Whether it is of this method, in any case of letters. */
  public boolean isOf(String name) {
    return method.equals(name.toLowerCase(Locale.ROOT));
  }

  public boolean isPass() {
    return result.equals("pass");
  }

  /** The value of the first such property, in any case of letters. */
  public Optional<String> value(String ptype, String name) {
    return properties.stream()
        .filter(p -> p.ptype().equalsIgnoreCase(ptype) && p.name().equalsIgnoreCase(name))
        .map(Property::value)
        .findFirst();
  }
}
