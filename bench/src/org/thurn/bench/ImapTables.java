package org.thurn.bench;

import static org.thurn.bench.Report.head;
import static org.thurn.bench.Report.median;
import static org.thurn.bench.Report.row;

import java.util.List;
import org.thurn.bench.MailboxFigures.Access;
import org.thurn.bench.MailboxFigures.When;

/** The tables of the IMAP measurements. */
final class ImapTables {
  private ImapTables() {}

  static String markdown(List<MailboxFigures> figures) {
    return accesses(figures) + "\n" + idle(figures);
  }

  private static String accesses(List<MailboxFigures> figures) {
    StringBuilder text =
        new StringBuilder(
            head(
                4,
                "command",
                "state",
                "server",
                "messages",
                "wall ms",
                "CPU ms",
                "others' cores",
                "disturbed"));
    for (String command : ImapRun.COMMANDS) {
      for (When when : When.values()) {
        for (MailboxFigures one : figures) {
          text.append(access(one, command, when));
        }
      }
    }
    return text.toString();
  }

  private static String access(MailboxFigures one, String command, When when) {
    List<Access> found =
        one.accesses().stream()
            .filter(access -> access.command().equals(command) && access.when() == when)
            .toList();
    long disturbed = found.stream().filter(access -> access.others() > Others.LIMIT).count();
    return row(
        command,
        when.label,
        one.server(),
        one.messages(),
        median(found, Access::wall),
        median(found, Access::cpu),
        median(found, Access::others),
        disturbed == 0 ? "" : "disturbed, " + disturbed + " of " + found.size());
  }

  private static String idle(List<MailboxFigures> figures) {
    StringBuilder text =
        new StringBuilder(
            head(
                2,
                "idle connections",
                "server",
                "number",
                "MiB before",
                "MiB after",
                "KiB each",
                "MiB collected",
                "KiB each, collected"));
    for (int i = 0; i < 2; i++) {
      for (MailboxFigures one : figures) {
        MailboxFigures.Idle idle = one.idle().get(i);
        text.append(
            row(
                idle.tls() ? "TLS" : "plain",
                one.server(),
                idle.connections(),
                idle.before(),
                idle.after(),
                idle.kibEach(),
                idle.collected(),
                idle.kibCollected()));
      }
    }
    return text.toString();
  }
}
