package org.thurn.authentication.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The public suite's chains, every one with its result. */
class ArcValidationSuiteTest {
  private static List<ArcSuite.Scenario> scenarios() throws IOException {
    return ArcSuite.scenarios("arc-draft-validation-tests.yml");
  }

  @TestFactory
  Stream<DynamicContainer> suite() throws IOException {
    return scenarios().stream()
        .map(
            scenario ->
                DynamicContainer.dynamicContainer(
                    scenario.text("description"),
                    scenario.cases().stream()
                        .map(
                            one ->
                                DynamicTest.dynamicTest(
                                    one.name(), () -> check(one, scenario.keys())))));
  }

  private static void check(ArcSuite.Case one, Keys keys) throws InterruptedException {
    ArcResult result = new ArcVerifier(keys, Keys.TIME).verify(one.message());
    assertThat(result.chainValidation().name())
        .as(result.reason())
        .isEqualToIgnoringCase(wanted(one));
    assertThat(result.reason()).matches("[ -~]{10,300}");
  }

  /** Three are left blank, of chains whose newest seal says fail: RFC 8617 §5.2, 2 decides. */
  private static String wanted(ArcSuite.Case one) {
    return one.text("cv").isEmpty() ? "fail" : one.text("cv");
  }

  @Test
  void itHasAllItsCases() throws IOException {
    List<ArcSuite.Case> cases = scenarios().stream().flatMap(s -> s.cases().stream()).toList();
    assertThat(cases).hasSize(171);
    assertThat(cases).filteredOn(one -> one.text("cv").isEmpty()).hasSize(3);
  }
}
