package org.thurn.authentication.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;

/**
 * One Authentication-Results field's payload, RFC 8601 §2.2.
 *
 * @param authservId who checked, as written; "" where the writer does not say (Microsoft)
 * @param version of the field's format; {@link #VERSION} where none is written
 * @param results in their order; empty for {@code none}
 */
public record AuthenticationResults(String authservId, int version, List<MethodResult> results) {
  /** The field's name. */
  public static final String NAME = "Authentication-Results";

  /** The only version there is (RFC 8601 §2.2); other ones should be ignored. */
  public static final int VERSION = 1;

  public AuthenticationResults {
    if (version < 0) {
      throw new IllegalArgumentException("a version of " + version);
    }
    results = List.copyOf(results);
  }

  /** Results of the present version. */
  public static AuthenticationResults of(String authservId, List<MethodResult> results) {
    return new AuthenticationResults(authservId, VERSION, results);
  }

  /**
   * All that a header section's fields of this writer hold, from the top, as one (RFC 8617 §4.1.1).
   * Before that, {@link ForgedResults} must have been removed where the message came in.
   */
  public static AuthenticationResults gathered(Headers headers, String authservId) {
    List<MethodResult> all = new ArrayList<>();
    for (HeaderField field : headers.all(NAME)) {
      try {
        AuthenticationResults one = ResultsParser.parse(field);
        if (one.authservId().equalsIgnoreCase(authservId) && one.version() == VERSION) {
          all.addAll(one.results());
        }
      } catch (ResultsSyntaxException _) {
        // it is none of ours, which can be read
      }
    }
    return of(authservId, all);
  }

  /** All results of a method, in any case of letters. */
  public List<MethodResult> all(String method) {
    return results.stream().filter(result -> result.isOf(method)).toList();
  }

  /** The first result of a method, in any case of letters. */
  public Optional<MethodResult> first(String method) {
    return results.stream().filter(result -> result.isOf(method)).findFirst();
  }
}
