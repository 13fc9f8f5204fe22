package org.thurn.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.authentication.dmarc.AuthenticationCode;
import org.thurn.authentication.dmarc.DiscoveryMethod;
import org.thurn.authentication.dmarc.Policy;
import org.thurn.testing.SharedData;

/** What senders really write, by their names where they are known. */
class AggregateReportReaderTest {
  private static final String METADATA =
      """
      <report_metadata><org_name>R</org_name><email>e@r.example</email>
      <report_id>1</report_id>
      <date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>
      """;
  private static final String POLICY =
      "<policy_published><domain>Example.com</domain><p>reject</p></policy_published>";
  private static final String RECORD =
      """
      <record><row><source_ip>192.0.2.1</source_ip><count>3</count>
      <policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>pass</spf>
      </policy_evaluated></row>
      <identifiers><header_from>example.com</header_from></identifiers>
      <auth_results><spf><domain>example.com</domain><result>pass</result></spf></auth_results>
      </record>
      """;

  private static String feedback(String content) {
    return "<?xml version=\"1.0\"?>\n<feedback>" + content + "</feedback>";
  }

  private static ReadReport changed(String target, String replacement) throws ReportException {
    assertThat(RECORD).contains(target);
    return Samples.read(feedback(METADATA + POLICY + RECORD.replace(target, replacement)));
  }

  private static ReportRow row(ReadReport report) {
    return report.report().records().getFirst().row();
  }

  @Test
  void theSampleOfTheRfc() throws Exception {
    byte[] xml = Files.readAllBytes(SharedData.require("dmarc/dmarc-xml-0.2.xml"));
    ReadReport read = Samples.read(xml);
    assertThat(read.form()).isEqualTo(ReportForm.RFC_9990);
    assertThat(read.deviations()).isEmpty();
    assertThat(read.report().messages()).isEqualTo(123);
    assertThat(read.report().policy().policy()).isEqualTo(Policy.QUARANTINE);
    assertThat(read.report().policy().method()).contains(DiscoveryMethod.TREEWALK);
    assertThat(read.report().policy().testing()).contains(false);
    assertThat(row(read).disposition()).isEqualTo(ReportedDisposition.PASS);
    assertThat(row(read).dkim().getFirst().selector()).isEqualTo("abc123");
    assertThat(row(read).spf().getFirst().code()).isEqualTo(AuthenticationCode.FAIL);
  }

  /** Google and most others: no namespace, no scope. */
  @Test
  void withoutNamespace() throws ReportException {
    ReadReport read = Samples.read(feedback(METADATA + POLICY + RECORD));
    assertThat(read.deviations()).isEmpty();
    assertThat(read.form()).isEqualTo(ReportForm.RFC_7489);
    assertThat(read.report().metadata().begin()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(read.report().policy().domain()).isEqualTo("example.com");
    assertThat(row(read).envelopeFrom()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">", // GMX
        "<feedback xmlns='http://dmarc.org/dmarc-xml/0.1'>",
        "<feedback xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:x=\"y\">",
        "<!-- one --><feedback lang=\"en\">",
      })
  void namespaces(String root) throws ReportException {
    String xml = root + METADATA + POLICY + RECORD + "</feedback>";
    ReadReport read = Samples.read(xml);
    assertThat(read.deviations()).isEmpty();
    boolean isNew = root.contains("dmarc-2.0");
    assertThat(read.form()).isEqualTo(isNew ? ReportForm.RFC_9990 : ReportForm.RFC_7489);
  }

  @Test
  void prefixesAndExtensions() throws ReportException {
    String plain =
        METADATA
            + POLICY
            + "<extension><x:record xmlns:x='urn:x'/></extension>"
            + RECORD.replace("</record>", "<x:row>no</x:row></record>");
    String prefixed =
        plain.replace("</x:", "</@x:").replace("<x:", "<@x:").replaceAll("<(/?)(\\w)", "<$1d:$2");
    String xml =
        "<d:feedback xmlns:d=\"urn:ietf:params:xml:ns:dmarc-2.0\" xmlns:x='urn:x'>"
            + prefixed.replace("<@", "<").replace("</@", "</")
            + "</d:feedback>";
    ReadReport read = Samples.read(xml);
    assertThat(read.form()).isEqualTo(ReportForm.RFC_9990);
    assertThat(read.deviations()).isEmpty();
    assertThat(read.report().records()).hasSize(1);
    assertThat(row(read).source()).isEqualTo("192.0.2.1");
  }

  /** IKEA, 2018: an element of XML Schema that is never closed. */
  @Test
  void ikea() throws ReportException {
    String schema =
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
            + " targetNamespace=\"http://dmarc.org/dmarc-xml/0.1\">";
    ReadReport read = Samples.read(feedback(schema + METADATA + POLICY + RECORD));
    assertThat(read.report().records()).hasSize(1);
    assertThat(read.deviations())
        .containsExactly("there is an element schema", "the XML is broken after 1 records");
  }

  @Test
  void cutOff() throws ReportException {
    String xml = feedback(METADATA + POLICY + RECORD + RECORD);
    ReadReport read = Samples.read(xml.substring(0, xml.length() - 100));
    assertThat(read.report().records()).hasSize(1);
    assertThat(read.deviations()).containsExactly("the XML is broken after 1 records");
    assertThatThrownBy(() -> Samples.read(xml.substring(0, 300)))
        .isInstanceOf(ReportException.class);
  }

  /** Rspamd 1.8: the reason's type stands without its element; "softfail" for quarantine. */
  @Test
  void rspamd() throws ReportException {
    ReadReport reason =
        changed("</policy_evaluated>", "<reason>sampled_out</reason></policy_evaluated>");
    assertThat(row(reason).reasons()).containsExactly(new ReportReason("sampled_out", ""));
    assertThat(reason.deviations()).containsExactly("a reason without a proper type: sampled_out");
    ReadReport soft = changed(">none<", "> softfail<");
    assertThat(row(soft).disposition()).isEqualTo(ReportedDisposition.QUARANTINE);
    assertThat(soft.deviations()).containsExactly("unknown disposition: softfail");
  }

  /** KDDI: a reason with an empty type. */
  @Test
  void kddi() throws ReportException {
    ReadReport read =
        changed(
            "</policy_evaluated>",
            "<reason><type></type><comment>c</comment></reason></policy_evaluated>");
    assertThat(row(read).reasons()).containsExactly(new ReportReason("other", "c"));
    assertThat(read.deviations()).hasSize(1);
  }

  /** Facebook: other words for what was done and found. */
  @Test
  void facebook() throws ReportException {
    ReadReport read = changed("<dkim>fail</dkim>", "<dkim>unknown</dkim>");
    assertThat(row(read).dkimAligned()).isFalse();
    assertThat(read.deviations()).containsExactly("unknown result of dkim: unknown");
    assertThat(row(changed(">none<", ">pass<")).disposition()).isEqualTo(ReportedDisposition.PASS);
  }

  /** junc.org called the identifiers otherwise. */
  @Test
  void junc() throws ReportException {
    ReadReport read =
        Samples.read(feedback(METADATA + POLICY + RECORD.replace("identifiers", "identities")));
    assertThat(row(read).headerFrom()).isEqualTo("example.com");
    assertThat(read.deviations()).containsExactly("the identifiers are called identities");
  }

  /** ivenue.com wrote "unknown"; the drafts had "hardfail" and "error". */
  @ParameterizedTest
  @CsvSource({"unknown, TEMPERROR", "error, TEMPERROR", "hardfail, FAIL", "x, NONE", "'', NONE"})
  void results(String word, AuthenticationCode code) throws ReportException {
    ReadReport read = changed("<result>pass<", "<result>" + word + "<");
    assertThat(row(read).spf().getFirst().code()).isEqualTo(code);
    assertThat(read.deviations()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 999.1.1.1, source_ip is no address: 999.1.1.1",
    "192.0.2.1, mail.example.com, source_ip is no address: mail.example.com",
    "<count>3, <count>-3, count is no number: -3",
    "<count>3, <count>1e99, count is no number: 1e99",
    "<count>3</count>, '', count is no number: ",
    "<header_from>example.com</header_from>, '', identifiers has no header_from",
  })
  void otherMistakes(String target, String replacement, String deviation) throws ReportException {
    assertThat(changed(target, replacement).deviations())
        .containsExactly(deviation == null ? "" : deviation.stripTrailing() + end(deviation));
  }

  private static String end(String deviation) {
    return deviation.endsWith(":") ? " " : "";
  }

  @Test
  void timesInMilliseconds() throws ReportException {
    ReadReport read =
        Samples.read(feedback(METADATA.replace("1700000000", "1700000000123") + POLICY + RECORD));
    assertThat(read.report().metadata().begin()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(read.deviations()).containsExactly("the begin of date_range is in milliseconds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n ", "\ufeff"})
  void whatStandsBeforeTheXml(String before) throws ReportException {
    ReadReport read = Samples.read(before + feedback(METADATA + POLICY + RECORD));
    assertThat(read.report().messages()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "ISO-8859-1", "windows-1252"})
  void encodings(String charset) throws ReportException {
    String xml =
        feedback(METADATA.replace(">R<", ">Ré<") + POLICY + RECORD)
            .replace("version=\"1.0\"", "version=\"1.0\" encoding=\"" + charset + "\"");
    ReadReport read = Samples.read(xml.getBytes(Charset.forName(charset)));
    assertThat(read.report().metadata().organization()).isEqualTo("Ré");
  }

  @Test
  void longTextsAreCut() throws ReportException {
    ReadReport read =
        Samples.read(feedback(METADATA.replace(">R<", ">" + "R".repeat(100_000) + "<") + POLICY));
    assertThat(read.report().metadata().organization()).hasSize(XmlCursor.MAX_TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no XML at all",
        "<html><body>moved</body></html>",
        "<feedback/>",
        "<feedback><report_metadata/></feedback>",
        "<feedback><policy_published/></feedback>",
        "\u001f\u008b",
        "PK\u0003\u0004"
      })
  void noReports(String text) {
    assertThatThrownBy(() -> Samples.read(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(ReportException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void theWholeOfADomainsDefaultsIsEmpty() throws ReportException {
    PublishedPolicy policy = Samples.read(feedback(METADATA + POLICY + RECORD)).report().policy();
    assertThat(policy.subdomains()).isEqualTo(Optional.empty());
    assertThat(policy.percentage()).isEmpty();
  }
}
