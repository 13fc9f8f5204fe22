package org.thurn.lab.page;

import java.util.List;

/** The frame of every page. */
final class Layout {
  private Layout() {}

  /**
   * A whole document.
   *
   * @param here the address of the page's entry in the navigation, or none of them
   * @param refresh whether a browser without JavaScript shall look again soon
   */
  static String page(String title, String here, boolean refresh, Html content) {
    Html.Element head =
        Html.element(
            "head",
            Html.element("meta").with("charset", "utf-8"),
            Html.element("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            Html.element("meta").with("name", "color-scheme").with("content", "light dark"),
            Html.element("title", title + " · Thurn lab"),
            Html.element("link").with("rel", "icon").with("href", "/icon.svg"),
            Html.element("link").with("rel", "stylesheet").with("href", "/style.css"),
            Html.element("script").with("type", "module").with("src", "/journey.js"));
    if (refresh) {
      head =
          head.add(
              Html.element(
                  "noscript",
                  Html.element("meta").with("http-equiv", "refresh").with("content", "1")));
    }
    Html.Element body =
        Html.element(
            "body",
            Html.link("#content", "Skip to the content").classed("skip"),
            banner(here),
            Html.element("main", content).with("id", "content"),
            Html.element(
                "footer",
                Html.text(
                    "Everything here happens on this machine: no packet leaves it. Times are UTC,"
                        + " or seconds since a journey began.")));
    Html.Element document = Html.element("html", head, body).with("lang", "en");
    return "<!DOCTYPE html>\n" + document.render();
  }

  private record Entry(String address, String name) {}

  private static Html banner(String here) {
    Html.Element navigation = Html.element("nav").with("aria-label", "Pages");
    for (Entry entry :
        List.of(
            new Entry("/", "Map"),
            new Entry("/scenarios", "Scenarios"),
            new Entry("/attacks", "Attacks"),
            new Entry("/mailbox", "Mailboxes"),
            new Entry("/dns", "DNS"))) {
      Html.Element link = Html.link(entry.address(), entry.name());
      navigation =
          navigation.add(entry.address().equals(here) ? link.with("aria-current", "page") : link);
    }
    Html.Element name =
        Html.element("a", horn(), Html.element("span", "Thurn"), Html.element("small", "lab"))
            .with("href", "/")
            .classed("logo");
    return Html.element("header", name, navigation).classed("banner");
  }

  /** A post horn. */
  private static Html horn() {
    return Html.element(
            "svg",
            Html.element("circle").with("cx", "15").with("cy", "17").with("r", "7"),
            Html.element("path").with("d", "M3 10 H20 C25 10 26 7 29 5 V19 C26 17 25 14 20 14"))
        .with("viewBox", "0 0 32 28")
        .with("aria-hidden", "true");
  }
}
