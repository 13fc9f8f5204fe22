package org.thurn.directory;

import java.util.List;
import org.thurn.name.Mailbox;

/** An address that only leads to others, here or elsewhere. */
public record Alias(Mailbox address, List<Mailbox> targets) {
  public Alias {
    targets = List.copyOf(targets);
  }
}
