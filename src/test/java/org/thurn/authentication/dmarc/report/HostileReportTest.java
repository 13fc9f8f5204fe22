package org.thurn.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bombs: each is refused in bounded time and memory, and nothing outside is touched. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileReportTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String HEAD = "<feedback><report_metadata/><policy_published/><record/>";

  @TempDir Path folder;

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void entitiesThatReadFiles() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "the secret");
    for (String declaration :
        new String[] {
          "<!ENTITY x SYSTEM \"" + secret.toUri() + "\">",
          "<!ENTITY % p SYSTEM \"" + secret.toUri() + "\"> %p;",
          "<!ENTITY x \"y\">"
        }) {
      String xml = "<!DOCTYPE feedback [" + declaration + "]>" + HEAD + "&x;</feedback>";
      assertThatThrownBy(() -> Samples.read(xml))
          .isInstanceOf(ReportException.class)
          .hasMessageContaining("a document type or an entity of its own")
          .hasMessageNotContaining("the secret");
    }
    assertThatThrownBy(
            () -> Samples.read("<!DOCTYPE feedback SYSTEM \"http://127.0.0.1:9/x\">" + HEAD))
        .hasMessageContaining("a document type");
  }

  @Test
  void anUnknownEntityIsNotForgiven() {
    assertThatThrownBy(() -> Samples.read("<feedback><report_metadata>&x;</report_metadata>"))
        .isInstanceOf(ReportException.class);
  }

  @Test
  void aBillionLaughs() {
    StringBuilder xml = new StringBuilder("<!DOCTYPE feedback [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      String before = "&a" + (i - 1) + ";";
      xml.append("<!ENTITY a").append(i).append(" \"").append(before.repeat(10)).append("\">");
    }
    xml.append("]>").append(HEAD).append("&a29;</feedback>");
    assertThatThrownBy(() -> Samples.read(xml.toString()))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("a document type");
  }

  /** Fifty megabytes, of which no more is read than is allowed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<record><row><count>1</count></row></record>",
        "<unknown/>",
        "                ",
        "<!-- comment -->",
        "text in between ",
      })
  void fiftyMegabytes(String unit) {
    String block = unit.repeat(1_000);
    int times = 50_000_000 / block.length();
    InputStream endless = new Repeating(octets(HEAD), octets(block), times);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> AggregateReportReader.read(endless))
        .isInstanceOf(ReportException.class);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1L << 30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a>", "<a b='c'>", "<row>", "<record>"})
  void depth(String element) {
    assertThatThrownBy(() -> Samples.read(HEAD + "<record>" + element.repeat(200_000)))
        .isInstanceOf(ReportException.class);
  }

  @Test
  void anElementOfManyElements() {
    assertThatThrownBy(() -> Samples.read(HEAD + "<record>" + "<dkim/>".repeat(2_000)))
        .hasMessageContaining("more than 2000 elements in one");
  }

  @Test
  void deviationsWithoutEnd() throws ReportException {
    StringBuilder xml = new StringBuilder(HEAD);
    for (int i = 0; i < 1_000; i++) {
      xml.append("<unknown").append(i).append("/>");
    }
    assertThat(Samples.read(xml.append("</feedback>").toString()).deviations())
        .hasSize(Deviations.MAX);
  }

  @Test
  void aFailureReportOfMegabytes() throws ReportException {
    String field = "Original-Rcpt-To: a@b.example\r\n";
    String message =
        "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: auth-failure\r\n"
            + field.repeat(300_000);
    FailureReport report = FailureReportReader.read(message.getBytes(StandardCharsets.US_ASCII));
    assertThat(report.recipients()).hasSize(FailureReportReader.MAX_ITEMS);
  }

  @Test
  void anAttributeOfMegabytes() {
    String xml = "<feedback x=\"" + "y".repeat(20 << 20) + "\">";
    assertThatThrownBy(() -> Samples.read(xml)).isInstanceOf(ReportException.class);
  }

  @Test
  void aGzipBomb() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(octets(HEAD));
      byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 512; i++) {
        gzip.write(spaces);
      }
    }
    assertThat(bomb.size()).isLessThan(1 << 20);
    assertThatThrownBy(() -> Samples.read(bomb.toByteArray()))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("larger than 16777216 octets");
  }

  @Test
  void zipBombs() throws IOException {
    byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    for (String name : new String[] {"report.xml", "readme.txt"}) {
      ByteArrayOutputStream bomb = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
        zip.putNextEntry(new ZipEntry(name));
        for (int i = 0; i < 512; i++) {
          zip.write(spaces);
        }
        zip.putNextEntry(new ZipEntry("last.xml"));
        zip.write(octets(HEAD + "</feedback>"));
      }
      assertThatThrownBy(() -> Samples.read(bomb.toByteArray()))
          .isInstanceOf(ReportException.class)
          .hasMessageContaining("larger than 16777216 octets");
    }
  }

  @Test
  void aZipOfManyFiles() throws IOException {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(many)) {
      for (int i = 0; i < 1_000; i++) {
        zip.putNextEntry(new ZipEntry(i + ".txt"));
      }
      zip.putNextEntry(new ZipEntry("report.xml"));
    }
    assertThatThrownBy(() -> Samples.read(many.toByteArray()))
        .hasMessageContaining("the zip archive holds no XML file");
  }

  /** A head and then the same again and again, made as it is read. */
  private static final class Repeating extends InputStream {
    private final byte[] head;
    private final byte[] block;
    private final long end;
    private long at;

    Repeating(byte[] head, byte[] block, int times) {
      this.head = head;
      this.block = block;
      this.end = head.length + (long) block.length * times;
    }

    @Override
    public int read() {
      if (at == end) {
        return -1;
      }
      int octet =
          at < head.length ? head[(int) at] : block[(int) ((at - head.length) % block.length)];
      at++;
      return octet & 0xff;
    }
  }
}
