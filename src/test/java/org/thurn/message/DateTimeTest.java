package org.thurn.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Fri, 21 Nov 1997 09:55:06 -0600 | 1997-11-21T09:55:06-06:00",
        "Thu, 13 Feb 1969 23:32 -0330 | 1969-02-13T23:32-03:30",
        "Thu,      13        Feb          1969        23:32                 -0330 (Newfoundland Time)"
            + " | 1969-02-13T23:32-03:30",
        "21 Nov 97 09:55:06 GMT | 1997-11-21T09:55:06Z",
        "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600 | 1997-11-21T09:55:06-06:00",
        "Wed, 11 Feb 98 11:51 CST | 1998-02-11T11:51-06:00",
        "1 Jan 49 00:00 EDT | 2049-01-01T00:00-04:00",
        "1 Jan 50 00:00 UT | 1950-01-01T00:00Z",
        "1 Jan 103 00:00 Z | 2003-01-01T00:00Z",
        "1 january 2003 00:00 K | 2003-01-01T00:00Z",
        "Tue 1 Jul 2003 10:52:37 +0200 | 2003-07-01T10:52:37+02:00",
        "31 Dec 2016 23:59:60 +0000 | 2016-12-31T23:59:59Z",
        "1 Jan 2003 00:00 | 2003-01-01T00:00Z",
        "1 Jan 2003 00:00 +9900 | 2003-01-01T00:00Z"
      })
  void parses(String text, String time) {
    assertThat(DateTime.parse(text)).hasValue(OffsetDateTime.parse(time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "30 Feb 2003 00:00 +0000",
        "1 Foo 2003 00:00 +0000",
        "1 Jan 2003",
        "1 Jan 2003 25:00 +0000",
        "1 Jan 2003 10:61 +0000",
        "1 Jan 2003 10 +0000",
        "Mon, ",
        "1 Jan 2003 10:00:61 +0000",
        "1 Jan 3 10:00 +0000",
        "2003-01-01T00:00:00Z",
        "1 anf 2003 1:1"
      })
  void otherTextIsNoDate(String text) {
    assertThat(DateTime.parse(text)).isEmpty();
  }

  @Test
  void formats() {
    assertThat(DateTime.format(OffsetDateTime.parse("2026-01-02T03:04:05-03:30")))
        .isEqualTo("Fri, 2 Jan 2026 03:04:05 -0330");
    assertThat(DateTime.format(OffsetDateTime.parse("2026-01-02T03:04:05Z")))
        .isEqualTo("Fri, 2 Jan 2026 03:04:05 +0000");
  }
}
