package org.thurn.transfer.posture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a policy of MTA-STS; {@code |} stands for an end of line. */
@Timeout(60)
class MtaStsCheckTest {
  private static final String RECORDS =
      """
      wrong.example. 300 IN MX 10 mx.wrong.example.
      wrong.example. 300 IN MX 20 mx2.wrong.example.
      _mta-sts.wrong.example. 300 IN TXT "v=STSv1; id=7;"
      mta-sts.wrong.example. 300 IN A 127.27.0.9
      """;

  @TempDir private Path folder;

  static Stream<Arguments> policies() {
    return Stream.of(
        arguments(
            "enforce|mx: *.wrong.example|max_age: 1209600",
            List.of("GOOD enforce, kept for 14 days, id 7")),
        arguments(
            "testing|mx: mx.wrong.example|max_age: 1209600",
            List.of(
                "WARN testing, kept for 14 days, id 7: senders report failures, and deliver all the same",
                "WARN the policy does not allow the domain's MX mx2.wrong.example")),
        arguments(
            "enforce|mx: mx2.wrong.example|max_age: 86400",
            List.of(
                "GOOD enforce, kept for 24 hours, id 7",
                "WARN max_age 86400: forgotten after 24 hours",
                "BAD the policy does not allow the domain's MX mx.wrong.example")),
        arguments(
            "enforce|mx: *.wrong.example|max_age: 9999999999",
            List.of(
                "GOOD enforce, kept for 365 days, id 7",
                "WARN max_age 9999999999 is more than a year")),
        arguments(
            "none|max_age: 60",
            List.of("WARN none, kept for 60 seconds, id 7: senders insist on nothing")),
        arguments(
            "always|max_age: 60",
            List.of(
                "BAD announced, id 7, but there is no policy:"
                    + " line 2: the mode is none of enforce, testing and none")));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void served(String rest, List<String> expected) throws Exception {
    try (World world = new World(folder, RECORDS)) {
      String policy = "version: STSv1|mode: ".concat(rest).concat("|").replace("|", "\r\n");
      world.policyHost("127.27.0.9", world.authority().issue("mta-sts.wrong.example"), policy);
      assertThat(found(world)).containsExactlyElementsOf(expected);
    }
  }

  private static List<String> found(World world) throws Exception {
    return world.look("wrong.example").stream()
        .filter(one -> one.topic() == Topic.MTA_STS)
        .map(one -> one.verdict() + " " + one.found())
        .toList();
  }

  @Test
  void announcedOnly() throws Exception {
    try (World world = new World(folder, RECORDS)) {
      assertThat(found(world))
          .singleElement()
          .asString()
          .startsWith(
              "BAD announced, id 7, but there is no policy: mta-sts.wrong.example: 127.27.0.9");
      world.policyHost("127.27.0.9", world.authority().issue("www.wrong.example"), "");
      assertThat(found(world))
          .containsExactly(
              "BAD announced, id 7, but there is no policy: mta-sts.wrong.example: certificate is"
                  + " not for mta-sts.wrong.example but [www.wrong.example]");
    }
  }

  @Test
  void twice() throws Exception {
    String second = "_mta-sts.wrong.example. 300 IN TXT \"v=STSv1; id=8;\"\n";
    try (World world = new World(folder, RECORDS + second)) {
      assertThat(found(world))
          .containsExactly("BAD a record that counts as none: 2 records of MTA-STS count as none");
    }
  }
}
