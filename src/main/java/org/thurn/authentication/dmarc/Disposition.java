package org.thurn.authentication.dmarc;

import java.util.List;

/** What is done with a message. */
public sealed interface Disposition {
  /** Why, in one sentence for people. */
  String reason();

  /** Where it is something else than the owner asked for, why. */
  List<PolicyOverride> overrides();

  /** It goes on as if there were no DMARC. */
  record Accept(String reason, List<PolicyOverride> overrides) implements Disposition {
    public Accept {
      overrides = List.copyOf(overrides);
    }
  }

  /** It is accepted and goes to the junk. */
  record Junk(String reason, List<PolicyOverride> overrides) implements Disposition {
    public Junk {
      overrides = List.copyOf(overrides);
    }
  }

  /** It is not accepted (550 5.7.1, RFC 9989 §7.2). */
  record Reject(String reason, List<PolicyOverride> overrides) implements Disposition {
    public Reject {
      overrides = List.copyOf(overrides);
    }
  }

  /** It is not accepted now (451 4.7.1). */
  record Defer(String reason, List<PolicyOverride> overrides) implements Disposition {
    public Defer {
      overrides = List.copyOf(overrides);
    }
  }

  static Disposition of(LocalRule.Action action, String reason, List<PolicyOverride> overrides) {
    return switch (action) {
      case ACCEPT -> new Accept(reason, overrides);
      case JUNK -> new Junk(reason, overrides);
      case REJECT -> new Reject(reason, overrides);
    };
  }
}
