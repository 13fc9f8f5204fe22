package org.thurn.transfer.posture;

import java.util.List;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordData;

/** The texts of an answer that begin with a version, which others may stand beside. */
final class Texts {
  private Texts() {}

  static List<String> of(Answer answer, String version) {
    return answer
        .all(RecordData.Txt.class)
        .map(RecordData.Txt::joined)
        .filter(text -> text.equals(version) || text.matches("(?s)" + version + "\\s*;.*"))
        .toList();
  }
}
