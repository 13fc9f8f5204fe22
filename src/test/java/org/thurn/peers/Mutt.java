package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.thurn.testing.Programs;

/** mutt at a terminal, reading over IMAPS; its keys are pushed beforehand. */
final class Mutt {
  private final RunningLab lab;
  private final Path folder;

  Mutt(RunningLab lab, Path folder) {
    this.lab = lab;
    this.folder = folder;
  }

  /** Copies the first message that the pattern finds into an mbox file. */
  void copyFirst(String account, String pattern, Path mbox) throws Exception {
    String domain = RunningLab.domainOf(account);
    Path config =
        Files.writeString(
            folder.resolve("muttrc"),
            """
            set imap_user="%s" imap_pass="%s"
            set certificate_file="%s" ssl_usesystemcerts=no ssl_verify_host=yes
            set confirmcreate=no confirmappend=no quit=yes mbox_type=mbox
            set header_cache="" message_cachedir="" folder="%s"
            push "<search>%s<enter><copy-message>%s<enter><quit>"
            """
                .formatted(account, lab.password(account), lab.authority(), folder, pattern, mbox));
    String command =
        "TERM=xterm %s -n -F %s -f imaps://%s/INBOX"
            .formatted(Programs.require("mutt"), config, lab.at(domain, "imaps"));

    Programs.Ran ran =
        Programs.run(
            Duration.ofSeconds(60),
            "",
            List.of(Programs.require("script").toString(), "-qec", command, "/dev/null"));

    assertThat(ran.exitCode()).as(ran.output()).isZero();
  }
}
