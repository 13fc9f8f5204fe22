package org.thurn.directory;

import java.util.List;
import org.thurn.name.Mailbox;

/** Where a recipient leads. */
public sealed interface Resolution {
  /**
   * To these, at least one: aliases are expanded and doubles folded.
   *
   * @param rule what decided: account, alias, catch-all, role, plus-address
   */
  record Found(List<Target> targets, String rule) implements Resolution {
    public Found {
      targets = List.copyOf(targets);
    }
  }

  /** The domain is ours and has no such address. */
  record Unknown() implements Resolution {}

  /** The domain is not ours. */
  record NotLocal() implements Resolution {}

  /** One place that a message goes to. */
  sealed interface Target {
    /** One of our accounts; detail is what followed the plus sign, or empty. */
    record Account(Mailbox address, String detail) implements Target {}

    /** An alias that leads elsewhere. */
    record Forward(Mailbox address) implements Target {}
  }
}
