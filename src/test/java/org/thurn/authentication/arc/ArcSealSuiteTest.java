package org.thurn.authentication.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thurn.authentication.TagList;
import org.thurn.authentication.dkim.BodyHashes;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.KeyLookup;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.ResultsParser;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/**
 * The public suite's messages to be sealed. All tags are as the suite has them but the signatures:
 * these depend on how a field is folded and its tags are ordered, which nobody prescribes. Ours and
 * the suite's hold both. Comments of results are not copied, which RFC 8617 does not ask for.
 */
class ArcSealSuiteTest {
  private static List<ArcSuite.Scenario> scenarios() throws IOException {
    return ArcSuite.scenarios("arc-draft-sign-tests.yml");
  }

  @TestFactory
  Stream<DynamicTest> suite() throws IOException {
    return scenarios().stream()
        .flatMap(
            scenario ->
                scenario.cases().stream()
                    .map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one, scenario))));
  }

  private static void check(ArcSuite.Case one, ArcSuite.Scenario scenario) throws Exception {
    Headers headers = Headers.parse(one.message(), MessageLimits.DEFAULT);
    ArcVerifier verifier = new ArcVerifier(scenario.keys(), Keys.TIME);
    ChainValidation found = verifier.verify(one.message()).chainValidation();
    SigningKey key =
        new SigningKey(
            Domain.of(scenario.text("domain")),
            scenario.text("sel"),
            DkimKey.fromPem(scenario.text("privatekey")));
    Time time = at(Instant.ofEpochSecond(Long.parseLong(one.text("t"))));
    ArcSealer sealer = new ArcSealer(key, SigningSettings.DEFAULT, time, Chains.PLATFORM);
    List<String> names = List.of(one.text("sig-headers").split(":"));
    if (one.text("AS").isBlank()) {
      assertThatThrownBy(() -> sealer.begin(headers, names, new BodyHashes()))
          .isInstanceOf(UnsealableException.class);
      return;
    }
    Sealing sealing = sealer.begin(headers, names, new BodyHashes());
    sealing.take(one.message(), headers.length(), one.message().length - headers.length());
    AuthenticationResults results = AuthenticationResults.gathered(headers, one.text("srv-id"));
    List<HeaderField> ours = sealing.finish(found, results);
    List<HeaderField> theirs =
        List.of(
            field(ArcField.SEAL, one.text("AS")),
            field(ArcField.MESSAGE_SIGNATURE, one.text("AMS")),
            field(ArcField.AUTHENTICATION_RESULTS, one.text("AAR")));
    assertThat(tags(ArcField.SEAL, ours.get(0))).isEqualTo(tags(ArcField.SEAL, theirs.get(0)));
    assertThat(tags(ArcField.MESSAGE_SIGNATURE, ours.get(1)))
        .isEqualTo(tags(ArcField.MESSAGE_SIGNATURE, theirs.get(1)));
    assertThat(ArcField.behindInstance(ours.get(2)).instance())
        .isEqualTo(ArcField.behindInstance(theirs.get(2)).instance());
    assertThat(results(ours.get(2))).isEqualTo(results(theirs.get(2)));
    holds(ours, headers, one, scenario.keys());
    holds(theirs, headers, one, scenario.keys());
  }

  private static AuthenticationResults results(HeaderField field) throws Exception {
    return ResultsParser.parse(ArcField.behindInstance(field).rest());
  }

  private static Map<String, String> tags(ArcField kind, HeaderField field)
      throws ArcSyntaxException {
    return kind.tags(field).tags().stream()
        .filter(tag -> !tag.name().equals("b"))
        .collect(
            Collectors.toMap(
                TagList.Tag::name, tag -> TagList.squeeze(tag.value()), (a, _) -> a, TreeMap::new));
  }

  private static void holds(List<HeaderField> set, Headers headers, ArcSuite.Case one, Keys keys)
      throws Exception {
    ArcSeal seal = ArcSeal.parse(set.getFirst());
    if (seal.chainValidation() == ChainValidation.FAIL) {
      ArcSet alone = new ArcSet(set.get(2), set.get(1), seal);
      SealCheck check = new SealCheck(new KeyLookup(keys), Chains.PLATFORM);
      assertThat(check.check(seal, SealedFields.under(List.of(alone))).holds()).isTrue();
      return;
    }
    Headers sealed = headers.prepend(set.toArray(HeaderField[]::new));
    ArcVerification verification = new ArcVerifier(keys, Keys.TIME).begin(sealed);
    verification.take(one.message(), headers.length(), one.message().length - headers.length());
    ArcResult result = verification.finish();
    assertThat(result.passed()).as(result.reason()).isTrue();
  }

  private static HeaderField field(ArcField kind, String value) {
    String text = kind.fieldName() + ": " + value.strip().replaceAll("\\s*\n\\s*", "\r\n ");
    // the suite's text folds what its seal has on one line
    Matcher signature = Pattern.compile("(?<= )b=[^;]*").matcher(text);
    text = signature.replaceAll(found -> TagList.squeeze(found.group()));
    return HeaderField.raw((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static Time at(Instant now) {
    return new Time() {
      @Override
      public Instant now() {
        return now;
      }

      @Override
      public long ticks() {
        return 0;
      }

      @Override
      public void pause(Duration duration) {
        throw new AssertionError("nobody waits here");
      }
    };
  }

  @Test
  void itHasAllItsCases() throws IOException {
    assertThat(scenarios().stream().mapToInt(s -> s.cases().size()).sum()).isEqualTo(17);
  }
}
