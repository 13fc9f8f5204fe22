package org.thurn.lab.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Content;
import org.thurn.mailbox.MailboxInfo;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.MailboxStatus;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Mailbox;
import org.thurn.user.MailReader;

/** Shows mailboxes and messages. Reading changes nothing, no flag. */
final class MailboxView {
  private static final int MOST_LINES = 500;

  private final List<LabView.Site> sites;
  private final List<Place> places;

  MailboxView(List<LabView.Site> sites, List<Place> places) {
    this.sites = sites;
    this.places = places;
  }

  /** One account's mail, its place on the map, and its rooms. */
  private record Account(Mailbox address, Place place, AccountMail mail) {}

  /** Every account with what is in its mailboxes. */
  Html accounts() {
    List<Html> cards = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      List<Html> rows = new ArrayList<>();
      for (Mailbox address : sites.get(i).accounts()) {
        rows.add(account(new Account(address, places.get(i), mail(sites.get(i), address))));
      }
      cards.add(
          Html.element(
                  "article",
                  Html.element("h2", sites.get(i).domain().ascii()),
                  Html.element("ul").classed("boxes").add(rows))
              .classed("card " + places.get(i).colour()));
    }
    return Html.pieces(
        Html.element("h1", "Mailboxes"), Html.element("div").classed("cards").add(cards));
  }

  private static Html account(Account account) {
    long messages = 0;
    for (MailboxInfo box : account.mail().mailboxes()) {
      messages += account.mail().status(box.id()).map(MailboxStatus::messages).orElse(0L);
    }
    String address = account.address().toString();
    return Html.element(
        "li",
        Html.link(
            Html.address("/mailbox", "account", address), account.address().local().toString()),
        Html.element("span", Long.toString(messages)).classed("count"));
  }

  /** A mailbox, and a message of it where {@code uid} names one; empty if there is no account. */
  Optional<Html> mailbox(String address, String mailbox, long uid) throws IOException {
    Optional<Account> found = find(address);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Account account = found.get();
    MailboxName name = MailboxName.parse(mailbox).orElse(MailboxName.INBOX);
    MailReader reader = new MailReader(account.mail());
    Html.Element panes =
        Html.element("div", boxes(account, name), list(account, reader, name, uid))
            .classed("panes");
    if (uid > 0) {
      panes = panes.add(message(reader, name, uid));
    }
    return Optional.of(
        Html.pieces(
            Html.element(
                "h1",
                Html.foreign(account.address().toString())
                    .classed("site " + account.place().colour())),
            panes));
  }

  private Optional<Account> find(String address) {
    for (int i = 0; i < sites.size(); i++) {
      for (Mailbox account : sites.get(i).accounts()) {
        if (account.toString().equalsIgnoreCase(address)) {
          return Optional.of(new Account(account, places.get(i), mail(sites.get(i), account)));
        }
      }
    }
    return Optional.empty();
  }

  private static AccountMail mail(LabView.Site site, Mailbox account) {
    return site.inside().mail().account(account);
  }

  private static Html boxes(Account account, MailboxName here) {
    List<Html> rows = new ArrayList<>();
    for (MailboxInfo box : account.mail().mailboxes()) {
      String address =
          Html.address(
              "/mailbox", "account", account.address().toString(), "mailbox", box.name().text());
      Html.Element link = Html.element("a", Html.foreign(box.name().text())).with("href", address);
      long unseen = account.mail().status(box.id()).map(MailboxStatus::unseen).orElse(0L);
      rows.add(
          Html.element(
              "li",
              box.name().equals(here) ? link.with("aria-current", "page") : link,
              unseen > 0
                  ? Html.element("span", Long.toString(unseen))
                      .classed("count")
                      .with("title", "unread")
                  : Html.nothing()));
    }
    return Html.element("nav", Html.element("ul").classed("boxes").add(rows))
        .with("aria-label", "Mailboxes of this account");
  }

  private static Html list(Account account, MailReader reader, MailboxName name, long uid)
      throws IOException {
    List<MailReader.Line> lines = reader.list(name).orElse(List.of()).reversed();
    List<Html> rows = new ArrayList<>();
    for (MailReader.Line line : lines.subList(0, Math.min(lines.size(), MOST_LINES))) {
      String address =
          Html.address(
              "/mailbox",
              "account",
              account.address().toString(),
              "mailbox",
              name.text(),
              "uid",
              Long.toString(line.uid()));
      String subject = line.subject().isBlank() ? "(no subject)" : line.subject();
      Html.Element link =
          Html.element(
                  "a",
                  Html.foreign(subject).classed("subject"),
                  Html.foreign(line.from()).classed("people"))
              .with("href", address + "#message");
      rows.add(
          Html.element(
                  "li",
                  line.uid() == uid ? link.with("aria-current", "true") : link,
                  Html.element("time", line.date()),
                  Html.element("small", "UID " + line.uid()).classed("facts"))
              .classed(line.seen() ? "read" : "unread"));
    }
    Html content =
        rows.isEmpty()
            ? Html.element("p", "Nothing here.").classed("empty")
            : Html.element("ul").classed("messages").add(rows);
    return Html.element("section", Html.element("h2", Html.foreign(name.text())), content);
  }

  private static Html message(MailReader reader, MailboxName name, long uid) throws IOException {
    Optional<String> read = reader.read(name, uid, false);
    Optional<Content> content = reader.content(name, uid);
    if (read.isEmpty() || content.isEmpty()) {
      return Html.element("article", Html.element("p", "This message is gone.").classed("empty"))
          .with("id", "message");
    }
    int end = read.get().indexOf("\n\n");
    String head = end < 0 ? read.get() : read.get().substring(0, end);
    String text = end < 0 ? "" : read.get().substring(end + 2);
    Html.Element article =
        Html.element("article", fields(head)).classed("letter").with("id", "message");
    Optional<String> messageId = messageId(content.get());
    if (messageId.isPresent()) {
      String journey = Html.address("/journey", "message", messageId.get());
      article = article.add(Html.link(journey, "Its journey").classed("button"));
    }
    String all = reader.read(name, uid, true).orElse("");
    int allEnd = all.indexOf("\n\n");
    return article.add(
        Html.element("pre", Html.foreign(text)).classed("text"),
        Html.element(
            "details",
            Html.element("summary", "All header fields"),
            Html.element("pre", Html.foreign(allEnd < 0 ? all : all.substring(0, allEnd)))));
  }

  private static Html fields(String head) {
    List<Html> fields = new ArrayList<>();
    for (String line : head.split("\n", -1)) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        fields.add(Html.element("dt", line.substring(0, colon)));
        fields.add(Html.element("dd", Html.foreign(line.substring(colon + 2))));
      }
    }
    return Html.element("dl").add(fields);
  }

  private static Optional<String> messageId(Content content) throws IOException {
    try (InputStream in = content.open()) {
      return Headers.read(in, MessageLimits.DEFAULT)
          .first("Message-ID")
          .map(HeaderField::unfolded)
          .map(String::strip);
    }
  }
}
