package org.thurn.authentication.spf;

import java.util.List;
import java.util.Optional;
import org.thurn.dns.Answer;

/**
 * What came of a check, and why.
 *
 * @param outcome one of the seven
 * @param identity whose name was checked
 * @param domain the domain that was checked, as the client said it, with A-labels
 * @param match what decided; empty if nothing in the records matched
 * @param reason for people: one line, ASCII but for what is unusable in a stranger's names
 * @param explanation the words of the domain's owner for a FAIL (RFC 7208 §6.2), in visible ASCII
 *     and spaces; whoever shows them says whose they are
 * @param lookUps how many terms made it ask the DNS
 * @param voidLookUps how many of them found nothing there
 * @param answers what the DNS was asked and said, in order
 */
public record SpfResult(
    Outcome outcome,
    Identity identity,
    String domain,
    Optional<Match> match,
    String reason,
    Optional<String> explanation,
    int lookUps,
    int voidLookUps,
    List<Answer> answers) {
  public SpfResult {
    answers = List.copyOf(answers);
  }
}
