package org.thurn.access.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.mailbox.UidSet;
import org.thurn.mailbox.UidSet.Range;

class SequenceNumbersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 1:4294967295 | 2:5",
        "9 | 1:4294967295 | 2:30",
        "2 | 3:9          | 3:5",
        "2 | 1:2 5:40     | 2,5",
        "3 | 6:9 11:29    | ''",
        "1 | 30:31        | 30",
      })
  void theFirstFewOfASet(int most, String set, String expected) {
    SequenceNumbers numbers = new SequenceNumbers();
    numbers.add(new long[] {2, 3, 5, 10, 30});

    assertThat(numbers.first(most, uids(set))).hasToString(expected);
  }

  private static UidSet uids(String set) {
    return new UidSet(
        Arrays.stream(set.split(" "))
            .map(range -> range.split(":"))
            .map(ends -> new Range(Long.parseLong(ends[0]), Long.parseLong(ends[1])))
            .toList());
  }
}
