package org.thurn.transfer.posture;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.smtp.Reply;
import org.thurn.smtp.client.TlsHandshakeException;

/**
 * Whether people can be reached at the addresses that every domain must have. The first host that
 * speaks is asked, by a transaction that ends before DATA.
 */
record RoleCheck(Means means, Domain domain, List<Domain> hosts) implements Check {
  private static final List<Topic> ROLES = List.of(Topic.POSTMASTER, Topic.ABUSE);

  @Override
  public Topic topic() {
    return Topic.POSTMASTER;
  }

  @Override
  public List<Observation> look() {
    for (Domain host : hosts) {
      for (InetAddress address : means.addresses(host)) {
        Optional<List<Observation>> found = ask(host, address);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    return ROLES.stream()
        .map(role -> Observation.unknown(role, "no host could be asked", ""))
        .toList();
  }

  /** Empty if another address must be tried: its own check says why. */
  private Optional<List<Observation>> ask(Domain host, InetAddress address) {
    try {
      return ask(host, address, true);
    } catch (TlsHandshakeException _) {
      try {
        return ask(host, address, false); // as senders do, RFC 7435
      } catch (IOException _) {
        return Optional.empty();
      }
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private Optional<List<Observation>> ask(Domain host, InetAddress address, boolean withTls)
      throws IOException {
    try (Call call = Call.open(means, address)) {
      boolean ready = Call.completed(call.client().greeting()) && Call.completed(call.hello());
      if (ready && withTls && call.offersTls() && Call.completed(call.startTls(means, host))) {
        ready = Call.completed(call.hello());
      }
      if (!ready) {
        return Optional.empty();
      }
      List<Mailbox> mailboxes = ROLES.stream().map(this::mailbox).toList();
      List<Reply> replies = call.client().verify(ReversePath.Null.INSTANCE, mailboxes);
      List<Observation> found = new ArrayList<>();
      for (int i = 0; i < ROLES.size(); i++) {
        found.add(observe(ROLES.get(i), replies.get(i)).at(host.ascii()));
      }
      return Optional.of(found);
    }
  }

  private Mailbox mailbox(Topic role) {
    return Mailbox.of(role.word() + "@" + domain.ascii());
  }

  private Observation observe(Topic role, Reply reply) {
    String address = mailbox(role).toString();
    if (Call.completed(reply)) {
      return Observation.good(role, address + " is taken");
    }
    // x.7.x is about who asks, not about whom is asked for (RFC 3463 §3.8)
    boolean aboutUs = reply.status().filter(status -> status.subject() == 7).isPresent();
    if (!reply.isPermanent() || aboutUs) {
      return Observation.unknown(
          role,
          address + " is not taken from here: " + reply,
          "Many hosts let unknown senders wait, or refuse some networks: try from a mail server. If"
              + " it is the same there, the host does not take the domain's mail.");
    }
    String rule =
        role == Topic.POSTMASTER
            ? "RFC 5321 §4.5.1 demands it of everybody who takes mail."
            : "Those who get spam from you report it there (RFC 2142).";
    return Observation.bad(
        role, address + " is refused: " + reply, "Make the address, and read what comes: " + rule);
  }
}
