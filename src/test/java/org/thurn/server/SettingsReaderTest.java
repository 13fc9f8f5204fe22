package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.authentication.dmarc.LocalPolicy;
import org.thurn.name.Domain;
import org.thurn.name.DomainPattern;
import org.thurn.name.IpAddress;
import org.thurn.server.ListenerSetting.Service;
import org.thurn.server.ListenerSetting.TlsMode;
import org.thurn.transfer.policy.Action;
import org.thurn.transfer.policy.Finding;
import org.thurn.transfer.policy.PolicyPage;
import org.thurn.transfer.signing.SignerSettings;

class SettingsReaderTest {
  private static final String HEAD = "state = \"s\"\nhostname = \"mx.example.org\"\n";
  private static final String SMTP = "[[listener]]\nprotocol = \"smtp\"\nport = 25\n";
  private static final Path SAMPLE = Path.of("contrib", "thurn.toml");

  @TempDir Path folder;

  @BeforeEach
  void files() throws Exception {
    for (String name :
        new String[] {
          "fullchain.pem",
          "privkey.pem",
          "smarthost-password",
          "ca.pem",
          "root.ds",
          "public_suffix_list.dat",
          "tsig"
        }) {
      Files.writeString(folder.resolve(name), "content\n");
    }
  }

  private Settings parse(String text) throws SettingsException {
    return SettingsReader.parse(text, "thurn.toml", folder);
  }

  @Test
  void theSmallestFileHasThreeLinesAndSafeDefaults() throws Exception {
    Settings settings =
        parse(HEAD + "listener = [{protocol = \"smtp\", address = \"127.0.0.1\", port = 25}]");

    assertThat(settings.state()).isEqualTo(folder.resolve("s"));
    assertThat(settings.hostname()).isEqualTo(Domain.of("mx.example.org"));
    assertThat(settings.listeners()).singleElement().hasToString("smtp 127.0.0.1#25");
    assertThat(settings.tls()).isEmpty();
    assertThat(settings.relay().port()).isEqualTo(25);
    assertThat(settings.queue()).isEqualTo(Settings.Queue.USUAL);
    assertThat(settings.intake().trustedNetworks()).isEmpty();
    assertThat(settings.intake().rejectSenderWithoutMx()).isTrue();
    assertThat(settings.intake().maxOctets()).isEqualTo(50L << 20);
  }

  @Test
  void theSampleFileIsRightAsItStands() throws Exception {
    Settings settings = parse(sample());

    assertThat(settings.listeners()).hasSize(6);
    assertThat(settings.listeners().getFirst().tls()).isEqualTo(TlsMode.STARTTLS);
    assertThat(settings.listeners().get(1))
        .isEqualTo(
            new ListenerSetting(
                Service.SUBMISSION,
                Optional.of(IpAddress.of("0.0.0.0")),
                Optional.empty(),
                465,
                TlsMode.IMPLICIT));
    assertThat(settings.tls().orElseThrow().certificate())
        .isEqualTo(folder.resolve("fullchain.pem"));
  }

  @Test
  void everyKeyThatTheSampleShowsInACommentIsRightToo() throws Exception {
    String everything = sample().replaceAll("(?m)^# ([a-z-]+ = |\\[)", "$1");
    Settings settings = parse(everything);

    assertThat(settings.relay().routes()).containsOnlyKeys("*");
    assertThat(settings.relay().routes().get("*").passwordFile())
        .contains(folder.resolve("smarthost-password"));
    assertThat(settings.relay().address()).contains(IpAddress.of("192.0.2.25"));
    assertThat(settings.intake().trustedNetworks()).hasSize(1);
    assertThat(settings.intake().requireTlsFrom())
        .extracting(DomainPattern::toString)
        .containsExactly("bank.example", "*.bank.example");
    assertThat(settings.dns().servers()).hasSize(1);
    assertThat(settings.dns().trustAnchor()).contains(folder.resolve("root.ds"));
    assertThat(settings.authentication().page().specials()).hasSize(1);
    assertThat(settings.authentication().page().sealers()).hasSize(1);
    assertThat(settings.authentication().suffixes())
        .contains(folder.resolve("public_suffix_list.dat"));
    assertThat(settings.dkim().update().map(Settings.Update::secretFile))
        .contains(folder.resolve("tsig"));
    assertThat(settings.dkim().rotateEvery()).isEqualTo(Settings.Dkim.USUAL.rotateEvery());
    // the values in the comments are the defaults
    assertThat(settings.dkim().signer()).isEqualTo(SignerSettings.DEFAULT);
    assertThat(settings.arc().seal()).isEqualTo(Settings.Arc.USUAL.seal());
    assertThat(settings.authentication().check()).isTrue();
    Map<Finding, Action> lines = new EnumMap<>(settings.authentication().page().usual());
    lines.values().removeIf(action -> action == Action.ACCEPT);
    assertThat(lines).isEqualTo(PolicyPage.DEFAULT.usual());
    assertThat(settings.authentication().page().dmarc().unreadableAuthor())
        .isEqualTo(LocalPolicy.DEFAULT.unreadableAuthor());
    assertThat(settings.authentication().page().dmarc().severalFields())
        .isEqualTo(LocalPolicy.DEFAULT.severalFields());
    assertThat(settings.queue()).isEqualTo(Settings.Queue.USUAL);
    assertThat(settings.access()).isEqualTo(parse(HEAD + SMTP).access());
    assertThat(settings.log()).isEqualTo(parse(HEAD + SMTP).log());
    assertThat(settings.intake().messagesPerHour())
        .isEqualTo(parse(HEAD + SMTP).intake().messagesPerHour());
  }

  /** The sample with its absolute paths led to files that are there. */
  private String sample() throws Exception {
    return Files.readString(SAMPLE)
        .lines()
        .map(
            line ->
                line.replaceAll("\"/(etc/thurn|etc/ssl/certs|usr/share/dns)/", "\"" + folder + "/"))
        .map(line -> line.replace("ca-certificates.crt", "ca.pem"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void timesAreWrittenWithTheirUnit() throws Exception {
    Settings.Queue queue =
        parse(HEAD + SMTP + "[queue]\nfirst-retry = \"90s\"\nexpire-after = \"2d\"\n").queue();

    assertThat(queue.firstRetry()).isEqualTo(Duration.ofSeconds(90));
    assertThat(queue.expireAfter()).isEqualTo(Duration.ofDays(2));
    assertThat(queue.longestRetry()).isEqualTo(Duration.ofHours(4));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 53",
    "127.0.0.1:5300, 127.0.0.1, 5300",
    "127.0.0.1#5300, 127.0.0.1, 5300",
    "::1, ::1, 53",
    "[::1]:5300, ::1, 5300",
    "::1#5300, ::1, 5300"
  })
  void aResolverIsAnAddressAndPerhapsAPort(String text, String address, int port) throws Exception {
    assertThat(Resolvers.server(text).getAddress()).isEqualTo(IpAddress.of(address));
    assertThat(Resolvers.server(text).getPort()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hostname = 'mx.example.org'                 | 1 | \"state\" is missing: it must be a folder",
        "state = 's'                                 | 1 | \"hostname\" is missing: it must be a domain",
        "state = 5~hostname = 'mx.example.org'       | 1 | \"state\" must be a path, not 5",
        "state = 's'~hostname = 'a..b'               | 2 | \"hostname\" must be a domain name such as",
        "@                                           | 1 | \"listener\" is missing: it must be at least",
        "@colour = 'red'~+                           | 3 | unknown key \"colour\"; known here: access, acme, arc, authentication, author, certificate, destination, dkim, dmarc, dns",
        "@+colour = 'red'                            | 6 | unknown key \"listener.0.colour\"",
        "@+[intake]~max-recipient = 5                | 7 | unknown key \"intake.max-recipient\"",
        "@+[imap]~port = 143                         | 6 | unknown key \"imap\"",
        "@[[listener]]~protocol = 'smtp'             | 3 | \"listener.0.port\" is missing: it must be a whole",
        "@[[listener]]~protocol = 'smtp'~port = 70000| 5 | from 0 to 65535, not 70000",
        "@[[listener]]~protocol = 'smtp'~port = '25' | 5 | \"listener.0.port\" must be a whole number",
        "@[[listener]]~protocol = 'smtps'~port = 25  | 4 | must be one of smtp, submission, submissions",
        "@+[[listener]]~protocol = 'imap'~address = 'localhost'~port = 1 | 8 | \"listener.1.address\" must be an IP address",
        "@+[[listener]]~protocol = 'smtp'~port = 25  | 8 | there is a listener at smtp 0.0.0.0#25 already",
        "@[[listener]]~protocol = 'imaps'~port = 993 | 4 | must be one without TLS while there is no [tls]",
        "@[[listener]]~protocol = 'imap'~port = 1~tls = 'starttls' | 6 | must be one without TLS while",
        "@[[listener]]~protocol = 'imap'~port = 1~tls = 'maybe' | 6 | must be \"none\", \"starttls\" or \"implicit\", not \"maybe\"",
        "@[[listener]]~protocol = 'http'~port = 1~tls = 'implicit' | 6 | this protocol has no TLS here",
        "@[[listener]]~protocol = 'imap'~path = 'x'  | 5 | only lmtp listens on a Unix-domain socket",
        "@+[tls]~key = 'privkey.pem'                 | 6 | \"tls.certificate\" is missing",
        "@+[tls]~certificate = 'fullchain.pem'       | 6 | \"tls.key\" is missing",
        "@+[tls]~certificate = 'no.pem'~key = 'privkey.pem' | 7 | \"tls.certificate\" must be a file that can be read",
        "@+[dmarc]~receive-at = ['reports']          | 7 | \"dmarc.receive-at\" must be an address such as",
        "@+[dmarc]~organization = ' '                | 7 | \"dmarc.organization\" must be a name, not",
        "@+[tls-reports]~send = 'yes'                | 7 | \"tls-reports.send\" must be true or false",
        "@+[tls-reports]~from = 'reports'            | 7 | \"tls-reports.from\" must be an address such as",
        "@+[tls-reports]~contact = ''                | 7 | \"tls-reports.contact\" must be a text such as",
        "@+[tls-reports]~organization = ' '          | 7 | \"tls-reports.organization\" must be a name, not",
        "@+[tls-reports]~receive-at = ['reports']    | 7 | \"tls-reports.receive-at\" must be an address",
        "@+[tls-reports]~receive-https = 1           | 7 | \"tls-reports.receive-https\" must be true or",
        "@+[tls-reports]~receive = true              | 7 | unknown key \"tls-reports.receive\"; known here",
        "@+[dns]~servers = ['dns.example.org']       | 7 | \"dns.servers\" must be addresses such as",
        "@+[dns]~servers = [53]                      | 7 | must be addresses such as \"127.0.0.1\"",
        "@+[dns]~trust-anchor = 'no.ds'              | 7 | must be a file that can be read",
        "@+[relay]~port = 0                          | 7 | from 1 to 65535, not 0",
        "@+[relay]~address = 'here'                  | 7 | \"relay.address\" must be an IP address of this",
        "@+[queue]~first-retry = 5                   | 7 | must be a time such as",
        "@+[queue]~first-retry = 'soon'              | 7 | must be a time such as",
        "@+[queue]~expire-after = '90d'              | 7 | must be from 1s to 20d",
        "@+[intake]~trusted-networks = ['192.0.2.1/99'] | 7 | must be prefixes such as",
        "@+[intake]~limit-loopback = 'yes'           | 7 | must be true or false",
        "@+[intake]~require-tls-from = ['a..example']   | 7 | \"intake.require-tls-from\" must be domains such as \"bank.example\", or",
        "@+[intake]~require-tls-from = ['*']         | 7 | for all below it, not \"*\"",
        "@+[intake]~require-tls-from = [true]        | 7 | \"intake.require-tls-from\" must be domains such as",
        "@+[intake]~require-tls-from = ['bank.example'] | 7 | must be left out: no listener with protocol = \"smtp\" offers TLS",
        "@+tls = 'none'~[tls]~certificate = 'fullchain.pem'~key = 'privkey.pem'~[intake]~require-tls-from = ['a.example'] | 11 | must be left out: no listener",
        "@+[dkim]~rotate-every = '1d'                | 7 | must be \"0d\" for never, or at least \"7d\"",
        "@+[dkim]~sign = 'yes'                       | 7 | \"dkim.sign\" must be true or false",
        "@+[dkim]~sign-trusted-networks = 'yes'      | 7 | \"dkim.sign-trusted-networks\" must be true or false",
        "@+[dkim]~encode-8bit = 8                    | 7 | \"dkim.encode-8bit\" must be true or false",
        "@+[arc]~seal = 'yes'                        | 7 | \"arc.seal\" must be true or false",
        "@+[arc]~domain = 'a..b'                     | 7 | \"arc.domain\" must be a domain of ours such as",
        "@+[arc]~seal = true~[dkim]~sign = false     | 7 | \"arc.seal\" must be false where [dkim] sign is",
        "@+[arc]~seal = true~[authentication]~check = false | 7 | must be false where [authentication] check is",
        "@+[dkim.update]~key = 'k'                   | 6 | \"dkim.update.server\" is missing: it must be an",
        "@+[dkim.update]~server = '127.0.0.1'~key = 'k' | 6 | \"dkim.update.secret-file\" is missing",
        "@+[dkim.update]~server = 'here'             | 7 | \"dkim.update.server\" must be an address such as",
        "@+[dkim.update]~server = '127.0.0.1'~key = 'k'~secret-file = 'fullchain.pem'~algorithm = 'md5' | 10 | must be one of \"hmac-sha224\"",
        "@+[access]~plaintext-on-loopback = 1        | 7 | must be true or false",
        "@+[log]~format = 'xml'                      | 7 | must be \"logfmt\" or \"json\", not \"xml\"",
        "@+[[route]]~domain = '*'                    | 6 | \"route.0.host\" is missing",
        "@+[[route]]~domain = '*'~host = 'a.example'~user = 'me' | 6 | \"route.0.password-file\" is missing",
        "@+[[route]]~domain = '*'~host = 'a.example'~password-file = 'no' | 9 | must be a file that can be read",
        "@+[[route]]~domain = '*'~host = 'a.example'~user = 'me'~password-file = 'fullchain.pem'~tls = 'encrypt' | 11 | \"route.0.tls\" must be \"verify\" or \"dane-only\", for a password",
        "@+[relay]~tls = 'may'                       | 7 | \"relay.tls\" must be one of \"none\", \"opportunistic\"",
        "@+[[destination]]~domain = '*.'~tls = 'none' | 7 | \"destination.0.domain\" must be a domain, or",
        "@+[[destination]]~domain = 'a.example'      | 6 | \"destination.0.tls\" is missing",
        "@tls = 'yes'~+                              | 3 | \"tls\" must be a table, [tls]",
        "@listener = 'smtp'                          | 3 | \"listener\" must be an array of tables",
        "@port = = 5                                 | 3 | ",
      })
  void aMistakeIsNamedWithItsLineItsKeyAndWhatWouldBeRight(String text, int line, String words) {
    String file = text.replace("@", HEAD).replace("+", SMTP).replace('~', '\n').replace('\'', '"');
    assertThatThrownBy(() -> parse(file))
        .isInstanceOf(SettingsException.class)
        .message()
        .startsWith("thurn.toml, line " + line + ": ")
        .contains(words == null ? "" : words);
  }

  @Test
  void aFileThatIsNotThereOrNotTextIsNamed() throws Exception {
    Path missing = folder.resolve("missing.toml");
    assertThatThrownBy(() -> SettingsReader.read(missing))
        .isInstanceOf(SettingsException.class)
        .hasMessage(missing + ": there is no such file");
    Path latin =
        Files.write(folder.resolve("l.toml"), "#\u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SettingsReader.read(latin)).hasMessage(latin + ": is not UTF-8");
  }
}
