package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.name.Domain;
import org.thurn.server.ListenerSetting.TlsMode;
import org.thurn.tls.acme.AcmeSettings;

class CertificateReaderTest {
  private static final String HEAD =
      "state = \"s\"\nhostname = \"mx.example.org\"\n"
          + "listener = [{protocol = \"smtp\", address = \"127.0.0.1\", port = 25}]\n";

  @TempDir Path folder;

  @BeforeEach
  void files() throws Exception {
    for (String name : new String[] {"a.pem", "a.key", "b.pem", "b.key", "ca.pem", "tsig"}) {
      Files.writeString(folder.resolve(name), "content\n");
    }
  }

  private Settings parse(String text) throws SettingsException {
    return SettingsReader.parse(HEAD + text, "thurn.toml", folder);
  }

  @Test
  void severalCertificatesStandBesideTheDefault() throws Exception {
    CertificateSettings settings =
        parse(
                """
                [tls]
                certificate = "a.pem"
                key = "a.key"
                [[certificate]]
                certificate = "b.pem"
                key = "b.key"
                """)
            .certificates();

    assertThat(settings.files()).hasSize(1);
    assertThat(settings.files().getFirst().key()).isEqualTo(folder.resolve("b.key"));
    assertThat(settings.acme()).isEmpty();
  }

  @Test
  void acmeWithItsDefaultsOffersTls() throws Exception {
    Settings settings = parse("[acme]\nnames = [\"mx.example.org\"]\nagree-to-terms = true\n");

    AcmeSettings acme = settings.certificates().acme().orElseThrow();
    assertThat(acme.directory()).isEqualTo(AcmeSettings.USUAL_DIRECTORY);
    assertThat(acme.names()).containsExactly(Domain.of("mx.example.org"));
    assertThat(acme.challenge()).isEqualTo(AcmeSettings.Proof.HTTP_01);
    assertThat(acme.rotateKeyEvery()).isZero();
    assertThat(acme.publishTlsa()).isFalse();
    assertThat(acme.contact()).isEmpty();
    assertThat(settings.listeners().getFirst().tls()).isEqualTo(TlsMode.STARTTLS);
  }

  @Test
  void acmeWithEveryKey() throws Exception {
    CertificateSettings settings =
        parse(
                """
                [acme]
                names = ["mx.example.org", "imap.example.org"]
                agree-to-terms = true
                directory = "https://authority.example/dir"
                contact = "mailto:hostmaster@example.org"
                challenge = "dns-01"
                ca = "ca.pem"
                rotate-key-every = "365d"
                publish-tlsa = true
                [acme.update]
                server = "127.0.0.1"
                key = "thurn"
                secret-file = "tsig"
                """)
            .certificates();

    AcmeSettings acme = settings.acme().orElseThrow();
    assertThat(acme.directory()).hasToString("https://authority.example/dir");
    assertThat(acme.contact()).contains("mailto:hostmaster@example.org");
    assertThat(acme.challenge()).isEqualTo(AcmeSettings.Proof.DNS_01);
    assertThat(acme.ca()).contains(folder.resolve("ca.pem"));
    assertThat(acme.rotateKeyEvery()).isEqualTo(Duration.ofDays(365));
    assertThat(acme.publishTlsa()).isTrue();
    assertThat(settings.update()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "agree-to-terms = true | \"acme.names\" is missing",
        "names = ['a.example', 'a.example']~agree-to-terms = true | each once",
        "names = ['no name']~agree-to-terms = true | host names, not \"no name\"",
        "names = ['a.example'] | \"acme.agree-to-terms\" is missing",
        "names = ['a.example']~agree-to-terms = false | must be true",
        "names = ['a.example']~agree-to-terms = true~directory = 'http://x/' | begins with https",
        "names = ['a.example']~agree-to-terms = true~contact = 'me' | mailto:",
        "names = ['a.example']~agree-to-terms = true~challenge = 'dns' | \"dns-01\"",
        "names = ['a.example']~agree-to-terms = true~challenge = 'dns-01' | [acme.update]",
        "names = ['a.example']~agree-to-terms = true~publish-tlsa = true | [acme.update]",
        "names = ['a.example']~agree-to-terms = true~rotate-key-every = '1d' | at least \"7d\"",
        "names = ['a.example']~agree-to-terms = true~colour = 'red' | unknown key",
      })
  void aMistakeIsNamed(String text, String words) {
    String table = "[acme]\n" + text.replace('~', '\n').replace('\'', '"') + "\n";
    assertThatThrownBy(() -> parse(table))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aCertificateWithoutADefaultIsAMistake() {
    assertThatThrownBy(() -> parse("[[certificate]]\ncertificate = \"b.pem\"\nkey = \"b.key\"\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("\"tls\" is missing");
  }
}
