package org.thurn.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurn.authentication.dmarc.AuthenticationCode;
import org.thurn.testing.SharedData;

class AggregateReportWriterTest {
  private static Validator schema() throws Exception {
    Path file = SharedData.require("dmarc/dmarc-xml-0.2.xsd");
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(file.toFile())
        .newValidator();
  }

  private static void valid(AggregateReport report) throws Exception {
    byte[] xml = Samples.written(report, ReportForm.RFC_9990);
    Validator validator = schema();
    assertThatCode(() -> validator.validate(new StreamSource(new ByteArrayInputStream(xml))))
        .as(new String(xml, StandardCharsets.UTF_8))
        .doesNotThrowAnyException();
  }

  @Test
  void whatWeWriteObeysTheSchema() throws Exception {
    valid(Samples.report());
  }

  /** Every code, reason and disposition, and texts that XML cannot hold. */
  @Test
  void whateverItHolds() throws Exception {
    String hostile = "\u0000<&>]]>\u0085\ufffe\ud800\"'\n";
    List<AuthResult.Dkim> dkim =
        List.of(AuthenticationCode.values()).stream()
            .map(code -> new AuthResult.Dkim(hostile, hostile, code, hostile))
            .toList();
    List<AuthResult.Spf> spf =
        List.of(AuthenticationCode.values()).stream()
            .map(code -> new AuthResult.Spf(hostile, "helo", code, hostile))
            .toList();
    List<ReportReason> reasons =
        ReportReason.TYPES.stream().sorted().map(type -> new ReportReason(type, hostile)).toList();
    for (AuthResult.Spf one : spf) {
      ReportRow row =
          new ReportRow(
              hostile,
              ReportedDisposition.NONE,
              false,
              false,
              reasons,
              hostile,
              Optional.of(hostile),
              Optional.of(hostile),
              dkim,
              List.of(one, one));
      valid(
          new AggregateReport(
              Samples.metadata(), Samples.POLICY, List.of(new ReportRecord(row, 1))));
    }
  }

  @Test
  void theSampleOfTheRfcObeysItToo() throws Exception {
    Path sample = SharedData.require("dmarc/dmarc-xml-0.2.xml");
    Validator validator = schema();
    assertThatCode(() -> validator.validate(new StreamSource(sample.toFile())))
        .doesNotThrowAnyException();
  }

  @Test
  void readAgainItIsTheSame() throws Exception {
    ReadReport read = Samples.read(Samples.written(Samples.report(), ReportForm.RFC_9990));
    assertThat(read.report()).isEqualTo(Samples.report());
    assertThat(read.form()).isEqualTo(ReportForm.RFC_9990);
    assertThat(read.deviations()).isEmpty();
  }

  @Test
  void theOlderForm() throws Exception {
    byte[] xml = Samples.written(Samples.report(), ReportForm.RFC_7489);
    String text = new String(xml, StandardCharsets.UTF_8);
    assertThat(text)
        .contains("<feedback>", "<pct>100</pct>", "<scope>mfrom</scope>")
        .contains("<type>other</type>", "<comment>policy_test_mode t=y</comment>")
        .contains("<disposition>none</disposition>")
        .doesNotContain("<np>", "<testing>", "<generator>", "xmlns");
    ReadReport read = Samples.read(xml);
    assertThat(read.form()).isEqualTo(ReportForm.RFC_7489);
    assertThat(read.deviations()).isEmpty();
    assertThat(read.report().messages()).isEqualTo(Samples.report().messages());
    assertThat(read.report().records().getFirst().row().headerFrom()).isEqualTo("news.example.com");
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyReportIsWrittenToo(ReportForm form) throws Exception {
    AggregateReport empty = new AggregateReport(Samples.metadata(), Samples.POLICY, List.of());
    assertThat(Samples.read(Samples.written(empty, form)).deviations())
        .containsExactly("there is no record");
  }
}
