package org.thurn.authentication.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.Method;
import org.thurn.authentication.results.MethodResult;
import org.thurn.dns.Answer;

/** Chains that nobody's honest software makes. */
@Timeout(30)
class ArcHostileTest {
  private static final String SEAL =
      "ARC-Seal: i=%d; a=rsa-sha256; cv=%s; d=a%d.example; s=x; t=1; b=YWJj\r\n";
  private static final String SIGNATURE =
      "ARC-Message-Signature: i=%d; a=rsa-sha256; c=relaxed/relaxed; d=b%d.example; s=x; h=From;"
          + " bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=YWJj\r\n";
  private static final String RESULTS = "ARC-Authentication-Results: i=%d; a.example; none\r\n";

  private static String set(int instance) {
    return SEAL.formatted(instance, instance == 1 ? "none" : "pass", instance)
        + SIGNATURE.formatted(instance, instance)
        + RESULTS.formatted(instance);
  }

  private static String sets(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(ArcHostileTest::set)
        .collect(Collectors.joining());
  }

  private static ArcResult fails(String message, String reason) throws InterruptedException {
    ArcResult result = Chains.verify(message);
    assertThat(result.chainValidation()).isEqualTo(ChainValidation.FAIL);
    assertThat(result.reason()).contains(reason);
    return result;
  }

  @Test
  void sixtySets() throws Exception {
    assertThat(fails(sets(60) + Chains.TEXT, "more than 50").answers()).isEmpty();
    assertThat(fails(set(51) + Chains.TEXT, "1 to 50").answers()).isEmpty();
  }

  @Test
  void fiftyForgedSetsCostFewQuestions() throws Exception {
    ArcResult result = fails(sets(50) + Chains.TEXT, "the signature of set 50 does not hold");
    assertThat(result.answers()).hasSizeBetween(1, 2 * ArcVerification.MAX_SIGNATURES);
    assertThat(result.sets()).hasSize(50).allMatch(set -> set.seal() == ArcResult.Seal.NOT_CHECKED);
  }

  @Test
  void aHundredSignatures() throws Exception {
    String message = SIGNATURE.formatted(1, 1).repeat(100) + Chains.chain(2);
    assertThat(fails(message, "more than 50").answers()).isEmpty();
  }

  @Test
  void twoSetsOfOneInstance() throws Exception {
    fails(set(1) + Chains.chain(1), "set 1 has more than one");
    for (String one : List.of(SEAL.formatted(2, "pass", 2), RESULTS.formatted(2))) {
      fails(one + Chains.chain(2), "set 2 has more than one");
    }
  }

  @Test
  void gapsAndLonelyFields() throws Exception {
    fails(set(3) + Chains.chain(1), "set 2 has no");
    fails(set(2) + Chains.TEXT, "set 1 has no");
    for (ArcField kind : ArcField.values()) {
      fails(Chains.without(Chains.chain(2), kind), "set 2 has no " + kind.fieldName());
    }
    fails("ARC-Seal: \r\n" + Chains.TEXT, "ARC-Seal is no list of tags");
  }

  @Test
  void aSetInTheWrongOrderIsStillThatSet() throws Exception {
    String message = Chains.chain(2);
    String seal = Chains.field(message, ArcField.SEAL).toString();
    String moved = Chains.without(message, ArcField.SEAL).replace("From: ", seal + "From: ");
    assertThat(Chains.verify(moved).passed()).isTrue();
  }

  @Test
  void hugeResults() throws Exception {
    MethodResult result = Method.SPF.result("fail").because("x".repeat(300));
    AuthenticationResults results =
        AuthenticationResults.of("a.example", java.util.Collections.nCopies(500, result));
    String message = Chains.sealed(Chains.chain(1), Chains.RSA, ChainValidation.PASS, results);
    ArcResult verified = Chains.verify(message);
    assertThat(verified.passed()).as(verified.reason()).isTrue();
    assertThat(verified.sets().getLast().results()).isEmpty();
    assertThat(verified.sets().getFirst().results()).isPresent();
  }

  @Test
  void resultsThatCannotBeReadBreakNoChain() throws Exception {
    String message = Chains.chain(1);
    String odd = message.replace("spf=pass smtp", "spf/pass smtp");
    assertThat(odd).isNotEqualTo(message);
    assertThat(ArcChain.of(Chains.headers(odd))).isInstanceOf(ArcChain.Whole.class);
  }

  @Test
  void aDnsThatDoesNotAnswer() throws Exception {
    String message = Chains.chain(3);
    Keys dead = new Keys(Chains.keys().texts(), Set.of(Chains.name(Chains.RSA)));
    ArcResult result = new ArcVerifier(dead, Keys.TIME).verify(Chains.octets(message));
    assertThat(result.chainValidation()).isEqualTo(ChainValidation.FAIL);
    assertThat(result.temporary()).isTrue();
    assertThat(result.reason()).contains("set 3", "did not answer");
    Keys half = new Keys(Chains.keys().texts(), Set.of(Chains.name(Chains.ED25519)));
    ArcResult seal = new ArcVerifier(half, Keys.TIME).verify(Chains.octets(message));
    assertThat(seal.temporary()).isTrue();
    assertThat(seal.reason()).contains("the seal of set 2");
    assertThat(seal.sets())
        .extracting(ArcResult.Set::seal)
        .containsExactly(
            ArcResult.Seal.NOT_CHECKED, ArcResult.Seal.DOES_NOT_HOLD, ArcResult.Seal.HOLDS);
    ArcResult gone =
        new ArcVerifier(Chains.keys(Chains.RSA), Keys.TIME).verify(Chains.octets(message));
    assertThat(gone.chainValidation()).isEqualTo(ChainValidation.FAIL);
    assertThat(gone.temporary()).isFalse();
    assertThat(gone.answers()).extracting(Answer::took).containsOnly(Duration.ZERO);
  }

  @Test
  void aSignatureOverASealOrPartOfTheBody() throws Exception {
    String message = Chains.chain(1);
    String over = message.replaceFirst("h=From", "h=ARC-Seal:From");
    fails(over, "it signs a seal");
    fails(message.replaceFirst("; h=From", "; l=3; h=From"), "does not hold");
  }

  @Test
  void aMessageWithoutBodyOrHeader() throws Exception {
    assertThat(Chains.verify("").chainValidation()).isEqualTo(ChainValidation.NONE);
    fails(SEAL.formatted(1, "none", 1), "set 1 has no");
    String message = Chains.sealed("From: a@b.example\r\n\r\n", Chains.RSA);
    assertThat(Chains.verify(message).passed()).isTrue();
  }
}
