package org.thurn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Email;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.UidSet;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;
import org.thurn.user.MailWriter;

/** The domains of the lab sign their mail with keys that they put into its DNS themselves. */
@Timeout(120)
class LabSigningTest {
  @TempDir Path folder;

  private Lab start() throws Exception {
    return Lab.start(
        new LabSettings(folder.resolve("lab"), 0, LabTest.freeOffset(), List.of()), Time.system());
  }

  private static List<String> inbox(Lab lab, Mailbox to) {
    AccountMail mail = lab.inside(LabDomain.SOFT).mail().account(to);
    return mail.find(MailboxName.INBOX).stream()
        .flatMap(inbox -> mail.messages(inbox, UidSet.ALL, 100).stream())
        .map(row -> text(mail, mail.email(row.email()).orElseThrow()))
        .toList();
  }

  private static String text(AccountMail mail, Email email) {
    try (InputStream in = mail.content(email).orElseThrow().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What arrives at bob@soft.example, with its header unfolded. */
  private static String arrived(Lab lab, LabDomain from) throws Exception {
    Mailbox bob = Mailbox.of("bob@soft.example");
    int before = inbox(lab, bob).size();
    new MailWriter(Time.system(), from.host(), lab.inside(from).submitter())
        .send(
            from.accounts().getFirst(),
            "signed?",
            List.of(bob),
            "Grüße\n".getBytes(StandardCharsets.UTF_8));
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (inbox(lab, bob).size() == before) {
      assertThat(System.nanoTime()).as("nothing came from " + from).isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
    return inbox(lab, bob).get(before).replaceAll("\r\n[ \t]+", " ");
  }

  private static long passes(String message) {
    return Pattern.compile("dkim=pass ").matcher(message).results().count();
  }

  @Test
  void mailBetweenDomainsPasses() throws Exception {
    try (Lab lab = start()) {
      assertSigned(lab);
      awaitLogged("sts-policy-fetched");
      assertThat(passes(arrived(lab, LabDomain.MALLORY))).isEqualTo(2);
      assertThat(arrived(lab, LabDomain.PLAIN))
          .doesNotContain("DKIM-Signature:")
          .contains("dkim=none");
    }
    // neither its servers nor its DNS forget
    try (Lab again = start()) {
      assertSigned(again);
      // and the policy of the receiver is kept
      awaitLogged("sts-policy-used");
    }
  }

  /** What the sender notes of the receiver's policy of MTA-STS; its log lags behind. */
  private void awaitLogged(String type) throws Exception {
    Path log = folder.resolve("lab/strict.example/mail.log");
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Pattern line = Pattern.compile("type=" + type + " .*domain=soft\\.example ");
    while (!line.matcher(Files.readString(log)).find()) {
      assertThat(System.nanoTime()).as(type).isLessThan(end);
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static void assertSigned(Lab lab) throws Exception {
    String message = arrived(lab, LabDomain.STRICT);
    assertThat(passes(message)).as(message).isEqualTo(2);
    assertThat(message).contains("dmarc=pass").doesNotContain("dkim=fail");
  }
}
