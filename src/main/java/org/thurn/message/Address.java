package org.thurn.message;

import java.util.List;
import java.util.Optional;
import org.thurn.name.Host;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;

/** An address of a header field: {@code address = mailbox / group} (RFC 5322 §3.4). */
public sealed interface Address {
  /** The display name as written, quotes and comments undone, encoded words not; or empty. */
  String rawName();

  /** The display name for people (RFC 2047, RFC 6532); or empty. */
  default String displayName() {
    return EncodedWords.decode(rawName());
  }

  /**
   * One mailbox, perhaps not a valid one.
   *
   * @param rawName the display name; of the old form {@code a@b (name)} the comment
   * @param local the local part unquoted, or what stands in its place
   * @param domain as written, or empty where there is none
   */
  record Single(String rawName, String local, String domain) implements Address {
    /** The address, if it is valid by RFC 5321. */
    public Optional<Mailbox> mailbox() {
      if (local.isEmpty()) { // valid as "" by the grammar, but here what is left of garbage
        return Optional.empty();
      }
      try {
        return Optional.of(new Mailbox(new LocalPart(local), Host.parse(domain)));
      } catch (NameSyntaxException | IllegalArgumentException e) {
        // a stranger's address that no server takes: the caller shows it as it was written
        return Optional.empty();
      }
    }

    /** A valid mailbox with a name for people. */
    public static Single of(String displayName, Mailbox mailbox) {
      boolean plain = EncodedWords.decode(displayName).equals(displayName);
      String rawName = plain ? displayName : EncodedWords.encode(displayName);
      return new Single(rawName, mailbox.local().value(), mailbox.host().ascii());
    }
  }

  /** A group, possibly empty: {@code undisclosed-recipients:;}. */
  record Group(String rawName, List<Single> members) implements Address {
    public Group {
      members = List.copyOf(members);
    }
  }
}
