package org.thurn.tls.dane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData.Tlsa;

class UsableRecordsTest {
  private static final Issued OWN = Issued.root("own", Issued.Form.AUTHORITY);

  private static String digits(int count) {
    return "a".repeat(count);
  }

  @ParameterizedTest
  @CsvSource({
    "3 1 1, 64, ''",
    "2 0 2, 128, ''",
    "0 1 1, 64, usage 0 is not for mail",
    "1 1 1, 64, usage 1 is not for mail",
    "4 1 1, 64, usage 4 is not for mail",
    "255 1 1, 64, usage 255 is not for mail",
    "3 2 1, 64, selector 2 is unknown",
    "3 1 3, 64, matching type 3 is unknown",
    "3 1 1, 128, a digest of a wrong length",
    "3 1 1, 62, a digest of a wrong length",
    "3 1 1, 0, a digest of a wrong length",
    "3 1 2, 64, a digest of a wrong length",
    "3 0 0, 64, data that cannot be read",
    "2 1 0, 64, data that cannot be read",
    "2 1 0, 0, data that cannot be read",
  })
  void whatCannotBeUnderstoodDoesNotCount(String numbers, int length, String why) {
    String[] parts = numbers.split(" ");
    Tlsa record =
        new Tlsa(
            Integer.parseInt(parts[0]),
            Integer.parseInt(parts[1]),
            Integer.parseInt(parts[2]),
            digits(length));
    assertThat(UsableRecords.of(List.of(record))).hasSize(why.isEmpty() ? 1 : 0);
    assertThat(UsableRecords.why(List.of(record, record))).isEqualTo(why);
  }

  @Test
  void wholeCertificatesAndKeysCount() throws Exception {
    byte[] certificate = OWN.certificate().getEncoded();
    byte[] key = OWN.keys().getPublic().getEncoded();
    String both = HexFormat.of().formatHex(certificate) + HexFormat.of().formatHex(certificate);
    List<Tlsa> good =
        List.of(
            new Tlsa(3, 0, 0, HexFormat.of().formatHex(certificate)),
            new Tlsa(2, 1, 0, HexFormat.of().formatHex(key)));
    assertThat(UsableRecords.of(good)).isEqualTo(good);
    assertThat(good.getFirst()).isEqualTo(TlsaData.of(3, 0, 0, OWN.certificate()));
    assertThat(good.getLast()).isEqualTo(TlsaData.of(2, 1, 0, OWN.certificate()));
    assertThat(UsableRecords.of(List.of(new Tlsa(3, 0, 0, both)))).isEmpty();
    assertThat(UsableRecords.of(List.of(new Tlsa(3, 1, 0, good.getFirst().data())))).isEmpty();
  }

  @Test
  void recordsAreWrittenAsZonesHaveThem() throws Exception {
    Tlsa record = TlsaData.recommended(OWN.certificate());
    assertThat(record).isEqualTo(TlsaData.ofKey(OWN.keys().getPublic().getEncoded()));
    assertThat(TlsaData.line(new DnsName("mx.example"), 25, record))
        .isEqualTo("_25._tcp.mx.example. IN TLSA 3 1 1 " + record.data());
    assertThat(record.data()).matches("[0-9a-f]{64}");
  }

  @Test
  void aNameCanBeTooLongForRecords() {
    String label = digits(49) + ".";
    DnsName long244 = new DnsName(label.repeat(4) + digits(44));
    assertThat(long244.text()).hasSize(244);
    assertThat(TlsaData.owner(long244, 25)).contains(new DnsName("_25._tcp." + long244.text()));
    assertThat(TlsaData.owner(long244, 2525)).isEmpty();
  }
}
