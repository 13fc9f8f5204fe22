package org.thurn.authentication.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurn.authentication.TagList;
import org.thurn.authentication.dkim.KeyLookup;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.Method;
import org.thurn.message.HeaderField;

/** What is sealed holds; what is broken is sealed as such, alone, and once. */
class ArcSealerTest {
  private static String tag(HeaderField field, ArcField kind, String name)
      throws ArcSyntaxException {
    return kind.tags(field).value(name).orElseThrow();
  }

  @Test
  void theFirstSet() throws Exception {
    String message = Chains.sealed(Chains.TEXT, Chains.RSA);
    List<String> names = Chains.headers(message).fields().stream().map(HeaderField::name).toList();
    assertThat(names).startsWith("ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results");
    assertThat(message.lines()).allMatch(line -> line.length() <= 78);
    HeaderField seal = Chains.field(message, ArcField.SEAL);
    assertThat(tag(seal, ArcField.SEAL, "cv")).isEqualTo("none");
    assertThat(tag(seal, ArcField.SEAL, "i")).isEqualTo("1");
    ArcResult result = Chains.verify(message);
    assertThat(result.chainValidation()).as(result.reason()).isEqualTo(ChainValidation.PASS);
    assertThat(result.oldestPass()).hasValue(0);
    assertThat(result.temporary()).isFalse();
    assertThat(result.answers()).isNotEmpty();
    ArcResult.Set set = result.sets().getFirst();
    assertThat(set.instance()).isEqualTo(1);
    assertThat(set.sealer()).isEqualTo(Chains.RSA.domain());
    assertThat(set.selector()).isEqualTo("rsa");
    assertThat(set.seal()).isEqualTo(ArcResult.Seal.HOLDS);
    assertThat(set.signature().orElseThrow().passed()).isTrue();
    assertThat(set.results()).contains(Chains.results(ChainValidation.NONE));
    assertThat(result.methodResult())
        .isEqualTo(Method.ARC.result("pass").with("header", "oldest-pass", "0"));
  }

  @Test
  void whatIsSigned() throws Exception {
    String message = Chains.sealed(Chains.TEXT, Chains.ED25519);
    String names =
        TagList.squeeze(
            tag(
                Chains.field(message, ArcField.MESSAGE_SIGNATURE),
                ArcField.MESSAGE_SIGNATURE,
                "h"));
    assertThat(names.split(":"))
        .contains("From", "Subject", "DKIM-Signature")
        .doesNotContain("Authentication-Results")
        .noneMatch(name -> name.startsWith("ARC-"));
  }

  @Test
  void chainsOfAnyLengthHoldAndOneOfFiftyEnds() throws Exception {
    String message = Chains.TEXT;
    for (int i = 1; i <= ArcField.MAX_INSTANCE; i++) {
      ChainValidation found = i == 1 ? ChainValidation.NONE : ChainValidation.PASS;
      message = Chains.sealed(message, i % 2 == 0 ? Chains.RSA : Chains.ED25519, found);
      if (i < 4 || i % 9 == 2) {
        ArcResult result = Chains.verify(message);
        assertThat(result.chainValidation()).as(result.reason()).isEqualTo(ChainValidation.PASS);
        assertThat(result.sets()).hasSize(i);
        int older =
            i <= ArcVerification.MAX_SIGNATURES ? 0 : i - ArcVerification.MAX_SIGNATURES + 1;
        assertThat(result.oldestPass()).hasValue(older);
      }
    }
    String full = message;
    assertThat(Chains.verify(full).passed()).isTrue();
    assertThatThrownBy(() -> Chains.sealed(full, Chains.RSA))
        .isInstanceOf(UnsealableException.class)
        .hasMessageContaining("50");
  }

  @Test
  void aChangeBetweenTwoSetsIsTold() throws Exception {
    String changed = Chains.chain(2).replace("Here it is.", "Here it is.\r\n--\r\nThe list");
    ArcResult broken = Chains.verify(changed);
    assertThat(broken.chainValidation()).isEqualTo(ChainValidation.FAIL);
    assertThat(broken.reason()).contains("set 2", "the body was changed");
    assertThat(broken.methodResult().reason()).contains(broken.reason());
    // a list that checks before it changes seals what it found
    String sealed = Chains.sealed(changed, Chains.RSA, ChainValidation.PASS);
    ArcResult result = Chains.verify(sealed);
    assertThat(result.passed()).as(result.reason()).isTrue();
    assertThat(result.oldestPass()).hasValue(3);
    String again = Chains.sealed(sealed, Chains.ED25519);
    assertThat(Chains.verify(again).oldestPass()).hasValue(3);
    assertThat(Chains.verify(again).sets())
        .extracting(set -> set.signature().map(s -> s.passed()).orElse(false))
        .containsExactly(false, false, true, true);
  }

  @Test
  void aBrokenChainIsSealedAloneAndOnce() throws Exception {
    String changed = Chains.chain(2).replace("Here", "There");
    String sealed = Chains.sealed(changed, Chains.RSA);
    HeaderField seal = Chains.field(sealed, ArcField.SEAL);
    assertThat(tag(seal, ArcField.SEAL, "cv")).isEqualTo("fail");
    assertThat(tag(seal, ArcField.SEAL, "i")).isEqualTo("3");
    assertThat(sealsAlone(sealed)).isTrue();
    ArcResult result = Chains.verify(sealed);
    assertThat(result.chainValidation()).isEqualTo(ChainValidation.FAIL);
    assertThat(result.reason()).isEqualTo("list.example sealed the chain as broken (set 3)");
    for (ChainValidation found : ChainValidation.values()) {
      assertThatThrownBy(() -> Chains.sealed(sealed, Chains.RSA, found))
          .isInstanceOf(UnsealableException.class)
          .hasMessage("the chain was sealed as broken before");
    }
  }

  /** RFC 8617 §5.1.2: as if the newest set were the only one. */
  private static boolean sealsAlone(String message) throws Exception {
    ArcSeal seal = ArcSeal.parse(Chains.field(message, ArcField.SEAL));
    ArcSet set =
        new ArcSet(
            Chains.field(message, ArcField.AUTHENTICATION_RESULTS),
            Chains.field(message, ArcField.MESSAGE_SIGNATURE),
            seal);
    SealCheck check = new SealCheck(new KeyLookup(Chains.keys()), Chains.PLATFORM);
    return check.check(seal, SealedFields.under(List.of(set))).holds();
  }

  @Test
  void sealsThatNobodyCheckedAreNotSealedAsGood() throws Exception {
    String unchecked = Chains.sealed(Chains.chain(1), Chains.RSA, ChainValidation.NONE);
    assertThat(tag(Chains.field(unchecked, ArcField.SEAL), ArcField.SEAL, "cv")).isEqualTo("fail");
    String incomplete = Chains.without(Chains.chain(3), ArcField.MESSAGE_SIGNATURE);
    String sealed = Chains.sealed(incomplete, Chains.RSA, ChainValidation.PASS);
    HeaderField seal = Chains.field(sealed, ArcField.SEAL);
    assertThat(tag(seal, ArcField.SEAL, "cv")).isEqualTo("fail");
    assertThat(tag(seal, ArcField.SEAL, "i")).isEqualTo("4");
    assertThat(sealsAlone(sealed)).isTrue();
    String taken = Chains.sealed(Chains.TEXT, Chains.RSA, ChainValidation.PASS);
    assertThat(tag(Chains.field(taken, ArcField.SEAL), ArcField.SEAL, "cv")).isEqualTo("none");
    assertThat(Chains.verify(taken).passed()).isTrue();
  }

  @Test
  void aStrangersWordsAreNoFieldsOfTheSet() throws Exception {
    AuthenticationResults results =
        AuthenticationResults.of(
            "mx.list.example",
            List.of(
                Method.SPF
                    .result("fail")
                    .because("x\r\nARC-Seal: i=1; cv=none")
                    .with("smtp", "helo", "a\"; dkim=pass (\r\n\r\nx")));
    String message = Chains.sealed(Chains.TEXT, Chains.RSA, ChainValidation.NONE, results);
    ArcResult result = Chains.verify(message);
    assertThat(result.passed()).as(result.reason()).isTrue();
    AuthenticationResults read = result.sets().getFirst().results().orElseThrow();
    assertThat(read.results()).singleElement().matches(r -> r.result().equals("fail"));
  }

  @Test
  void aMessageOfVeryManyEqualFieldsIsNotSealed() {
    String many = "To: x@y.example\r\n".repeat(30) + Chains.TEXT;
    assertThatThrownBy(() -> Chains.sealed(many, Chains.RSA))
        .isInstanceOf(UnsealableException.class)
        .hasMessageContaining("fields To");
  }

  @Test
  void everyOctetOfTheSetsIsSealed() throws Exception {
    String message = Chains.chain(3);
    int end = message.indexOf("DKIM-Signature");
    IntStream.range(0, end)
        .filter(at -> Character.isLetterOrDigit(message.charAt(at)))
        .filter(at -> at % 13 == 0)
        .forEach(at -> assertThat(passes(flipped(message, at))).as("at " + at).isFalse());
  }

  private static String flipped(String message, int at) {
    char other = message.charAt(at) == 'x' ? 'y' : 'x';
    return message.substring(0, at) + other + message.substring(at + 1);
  }

  private static boolean passes(String message) {
    try {
      return Chains.verify(message).passed();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
