package org.thurn.authentication.results;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.thurn.message.FieldCursor;
import org.thurn.message.HeaderField;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;

/**
 * Which Authentication-Results fields of a message from outside claim to be ours: RFC 8601 §5 has
 * them removed before any is added. Made for {@link org.thurn.message.Headers#without(Predicate)}.
 *
 * <p>Names are compared as domains: in any case of letters, with U-labels or A-labels, with or
 * without a final dot. A field whose beginning cannot be read claims to be ours if our name stands
 * anywhere in that beginning, since nobody knows what another reader makes of it.
 */
public final class ForgedResults implements Predicate<HeaderField> {
  private final Set<String> ours;

  /** For those who write under several names. */
  public ForgedResults(Collection<String> authservIds) {
    this.ours = authservIds.stream().map(ForgedResults::folded).collect(Collectors.toSet());
    if (ours.isEmpty() || ours.contains("")) {
      throw new IllegalArgumentException("whoever writes results says who they are");
    }
  }

  @Override
  public boolean test(HeaderField field) {
    if (!field.hasName(AuthenticationResults.NAME)) {
      return false;
    }
    // A reader may decode encoded words, against RFC 2047 §5.
    return claims(field.unfolded()) || claims(field.decoded());
  }

  private boolean claims(String value) {
    FieldCursor cursor = new FieldCursor(value);
    boolean whole = cursor.skipCfws();
    StringBuilder id = new StringBuilder();
    if (whole && cursor.peek() == '"') {
      whole = cursor.quotedString(id);
    } else {
      id.append(cursor.token());
    }
    whole &= cursor.skipCfws();
    char next = cursor.peek();
    boolean read = cursor.atEnd() || next == ';' || next == '=' || (next >= '0' && next <= '9');
    if (whole && read && !id.isEmpty()) {
      return ours.contains(folded(id.toString()));
    }
    String start = folded(beginning(value));
    return ours.stream().anyMatch(start::contains);
  }

  /** Up to the first method, without what may stand between the letters of a name. */
  private static String beginning(String value) {
    int equals = value.indexOf('=');
    String start = equals < 0 ? value : value.substring(0, equals);
    return start.replaceAll("[\\s\"\\\\\\p{Cc}\\p{Cf}]", "");
  }

  private static String folded(String id) {
    try {
      return Domain.parse(id.strip()).ascii();
    } catch (NameSyntaxException _) {
      return id.strip().toLowerCase(Locale.ROOT); // an authserv-id need not be a domain
    }
  }
}
