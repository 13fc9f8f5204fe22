package org.thurn.lab.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.queue.Submitter;
import org.thurn.time.Time;
import org.thurn.user.MailWriter;

/** Sends what the form says, as the account that it names. */
final class Sending {
  private static final int MAX_RECIPIENTS = 100;

  private final List<LabView.Site> sites;
  private final Time time;

  Sending(List<LabView.Site> sites, Time time) {
    this.sites = sites;
    this.time = time;
  }

  /** What became of it. */
  sealed interface Sent {
    /** Accepted, under this queue id. */
    record Accepted(QueueId id) implements Sent {}

    /** Not sent, and why. */
    record Refused(String reason) implements Sent {}
  }

  Sent send(SendForm form) throws IOException {
    Optional<LabView.Site> site =
        sites.stream()
            .filter(s -> s.accounts().stream().anyMatch(a -> a.toString().equals(form.from())))
            .findFirst();
    if (site.isEmpty()) {
      return new Sent.Refused("nobody here is called " + form.from());
    }
    try {
      return send(site.get(), form, recipients(form.to()));
    } catch (NameSyntaxException | MailWriter.NotTextException | IllegalArgumentException e) {
      return new Sent.Refused(String.valueOf(e.getMessage()));
    }
  }

  private Sent send(LabView.Site site, SendForm form, List<Mailbox> recipients)
      throws IOException, NameSyntaxException, MailWriter.NotTextException {
    Submitter.Result result =
        new MailWriter(time, site.host(), site.inside().submitter())
            .send(
                Mailbox.parse(form.from()),
                form.subject(),
                recipients,
                form.text().getBytes(StandardCharsets.UTF_8));
    return result
        .id()
        .filter(_ -> result.verdict().accepted())
        .<Sent>map(Sent.Accepted::new)
        .orElseGet(() -> new Sent.Refused(result.verdict().reply().toString()));
  }

  private static List<Mailbox> recipients(String to) throws NameSyntaxException {
    List<Mailbox> recipients = new ArrayList<>();
    for (String address : to.split("[,;\\s]+", -1)) {
      if (!address.isEmpty()) {
        recipients.add(Mailbox.parse(address));
      }
    }
    if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
      throw new IllegalArgumentException("a message goes to 1 to " + MAX_RECIPIENTS + " addresses");
    }
    return recipients;
  }
}
