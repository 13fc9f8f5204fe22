package org.thurn.authentication.dkim;

import java.util.List;
import org.thurn.dns.Answer;

/** What the DNS has where a signature's key should be. */
public sealed interface KeyAnswer {
  /** What the DNS was asked and said. */
  List<Answer> answers();

  /** Whether DNSSEC vouches for it. */
  boolean secure();

  /**
   * At least one record that can be read.
   *
   * @param records in the server's order; RFC 6376 §3.6.2.2 lets us try them in turn
   */
  record Found(List<DkimKeyRecord> records, boolean secure, List<Answer> answers)
      implements KeyAnswer {
    public Found {
      records = List.copyOf(records);
      answers = List.copyOf(answers);
    }
  }

  /**
   * None.
   *
   * @param words why, for people
   */
  record Missing(Cause cause, String words, boolean secure, List<Answer> answers)
      implements KeyAnswer {
    public Missing {
      answers = List.copyOf(answers);
    }
  }
}
