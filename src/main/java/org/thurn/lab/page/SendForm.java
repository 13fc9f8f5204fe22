package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import org.thurn.name.Mailbox;

/**
 * The form that writes a message, with what stands in its fields.
 *
 * @param problem why it was not sent, or empty
 */
record SendForm(String from, String to, String subject, String text, String problem) {
  private static final int MAX_SUBJECT = 500;
  private static final int MAX_TO = 2_000;

  /** A message that a visitor can send at once. */
  static SendForm fresh() {
    return new SendForm(
        "alice@strict.example",
        "bob@soft.example",
        "Greetings from the lab",
        "Hello Bob,\n\nthis letter shows its whole way.\n\nAlice\n",
        "");
  }

  static SendForm of(Form form) {
    return new SendForm(
        form.get("from").strip(),
        form.get("to").strip(),
        form.get("subject").strip(),
        form.get("text"),
        "");
  }

  SendForm because(String reason) {
    return new SendForm(from, to, subject, text, reason);
  }

  Html html(List<LabView.Site> sites) {
    List<Html> parts = new ArrayList<>();
    if (!problem.isEmpty()) {
      parts.add(
          Html.element("p", Html.text("Not sent: "), Html.foreign(problem))
              .classed("problem")
              .with("role", "alert"));
    }
    parts.add(field("from", "From", sender(sites)));
    Html.Element recipients =
        Html.element("input")
            .with("name", "to")
            .with("list", "everybody")
            .with("value", to)
            .with("maxlength", Integer.toString(MAX_TO))
            .with("autocomplete", "off")
            .with("spellcheck", "false")
            .with("required", "");
    parts.add(field("to", "To, several with commas", recipients));
    parts.add(everybody(sites));
    Html.Element subjectField =
        Html.element("input")
            .with("name", "subject")
            .with("value", subject)
            .with("maxlength", Integer.toString(MAX_SUBJECT));
    parts.add(field("subject", "Subject", subjectField));
    parts.add(
        field(
            "text", "Text", Html.element("textarea", text).with("name", "text").with("rows", "6")));
    parts.add(Html.element("button", "Send and watch").with("type", "submit"));
    return Html.element("form").with("method", "post").with("action", "/send").add(parts);
  }

  private static Html field(String name, String label, Html.Element control) {
    return Html.element(
            "p", Html.element("label", label).with("for", name), control.with("id", name))
        .classed("field");
  }

  private Html.Element sender(List<LabView.Site> sites) {
    Html.Element select = Html.element("select").with("name", "from");
    for (LabView.Site site : sites) {
      Html.Element group = Html.element("optgroup").with("label", site.domain().ascii());
      for (Mailbox account : site.accounts()) {
        Html.Element option =
            Html.element("option", account.toString()).with("value", account.toString());
        group = group.add(account.toString().equals(from) ? option.with("selected", "") : option);
      }
      select = select.add(group);
    }
    return select;
  }

  private static Html everybody(List<LabView.Site> sites) {
    List<Html> options = new ArrayList<>();
    for (LabView.Site site : sites) {
      site.accounts().forEach(a -> options.add(Html.element("option").with("value", a.toString())));
    }
    return Html.element("datalist").with("id", "everybody").add(options);
  }
}
