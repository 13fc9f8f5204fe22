package org.thurn.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.testing.MailDmarc;
import org.thurn.testing.Programs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our report mail, read by Debian's libmail-dmarc-perl, which knows the form of RFC 7489 and brings
 * its schema.
 */
class MailDmarcReaderTest {
  private static final Path SCHEMA =
      Path.of("/usr/share/perl5/auto/share/dist/Mail-DMARC/rua-schema.xsd");

  @TempDir Path folder;

  @Test
  void itReadsOurReport() throws Exception {
    MailDmarc.require();
    byte[] message = ReportMailTest.message(ReportForm.RFC_7489);
    JsonNode question =
        new JsonMapper()
            .createObjectNode()
            .put("message", Base64.getEncoder().encodeToString(message));
    Path list = Files.writeString(folder.resolve("list"), "com\nexample\n");
    JsonNode read = MailDmarc.ask(folder, list, 1, List.of(question)).getFirst();
    assertThat(read.toString()).doesNotContain("\"error\"");
    assertThat(read.get("type").asString()).isEqualTo("aggregate");
    assertThat(read.get("submitter").asString()).isEqualTo("mail.receiver.example");
    assertThat(read.get("organization").asString()).isEqualTo("Receiver & Sons");
    assertThat(read.get("report_id").asString()).isEqualTo(Samples.metadata().reportId());
    assertThat(read.get("begin").asLong()).isEqualTo(Samples.metadata().begin().getEpochSecond());
    assertThat(read.get("end").asLong()).isEqualTo(Samples.metadata().end().getEpochSecond());
    assertThat(read.get("domain").asString()).isEqualTo("example.com");
    assertThat(read.get("p").asString()).isEqualTo("reject");
    assertThat(read.get("sp").asString()).isEqualTo("quarantine");
    assertThat(read.get("records")).hasSize(2);
    JsonNode first = read.get("records").get(0);
    assertThat(first.get("source").asString()).isEqualTo("2001:db8::1");
    assertThat(first.get("count").asInt()).isEqualTo(17);
    assertThat(first.get("disposition").asString()).isEqualTo("quarantine");
    assertThat(first.get("dkim").asString()).isEqualTo("fail");
    assertThat(first.get("spf").asString()).isEqualTo("pass");
    assertThat(first.get("reasons").toString()).isEqualTo("[\"other\",\"local_policy\"]");
    assertThat(first.get("header_from").asString()).isEqualTo("news.example.com");
    assertThat(first.get("envelope_from").asString()).isEqualTo("bounce.example.com");
    // there are two, and it looks at the first each time
    assertThat(first.get("signatures")).hasSize(2);
    assertThat(first.get("signatures").get(0).asString()).isEqualTo("example.com s1 fail");
    assertThat(first.get("senders").toString()).isEqualTo("[\"bounce.example.com mfrom pass\"]");
    assertThat(read.get("records").get(1).get("count").asLong()).isEqualTo(4_000_000_000L);
  }

  /** Its schema has one qualified name, the root's, which nobody qualifies who writes reports. */
  @Test
  void theOlderFormObeysItsSchema() throws Exception {
    // as RFC 7489 printed it, its own types lie outside its namespace
    String schema =
        Files.readString(Programs.requireFile(SCHEMA))
            .replaceFirst("<xs:schema", "<xs:schema xmlns=\"http://dmarc.org/dmarc-xml/0.1\"");
    Validator validator =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(new StreamSource(new StringReader(schema)))
            .newValidator();
    String xml =
        new String(Samples.written(Samples.report(), ReportForm.RFC_7489), StandardCharsets.UTF_8)
            .replace("2001:db8::1", "2001:db8:0:0:0:0:0:1") // its pattern knows no other form
            .replace("<feedback>", "<d:feedback xmlns:d=\"http://dmarc.org/dmarc-xml/0.1\">")
            .replace("</feedback>", "</d:feedback>");
    byte[] octets = xml.getBytes(StandardCharsets.UTF_8);
    assertThatCode(() -> validator.validate(new StreamSource(new ByteArrayInputStream(octets))))
        .as(xml)
        .doesNotThrowAnyException();
  }
}
