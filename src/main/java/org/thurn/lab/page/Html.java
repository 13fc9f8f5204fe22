package org.thurn.lab.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A piece of a page. It can only be made of elements and texts, never of markup, so that what a
 * stranger wrote is always text: whoever sends {@code <script>} sees it printed.
 */
sealed interface Html {
  /** Characters. */
  record Text(String text) implements Html {}

  /** Several pieces, one after the other. */
  record Pieces(List<Html> pieces) implements Html {
    public Pieces {
      pieces = List.copyOf(pieces);
    }
  }

  /** An element; a changed copy comes from {@code with} and {@code add}. */
  record Element(String name, Map<String, String> attributes, List<Html> children) implements Html {
    private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9-]*");
    private static final Set<String> FORBIDDEN = Set.of("style", "srcdoc");
    private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "data-live");

    public Element {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("not an element: " + name);
      }
      children = List.copyOf(children);
    }

    /**
     * With an attribute. Addresses stay on this server, and no attribute holds a script or a style:
     * the content security policy would ignore it anyway.
     */
    Element with(String attribute, String value) {
      boolean address = ADDRESSES.contains(attribute);
      if (!NAME.matcher(attribute).matches()
          || attribute.startsWith("on")
          || FORBIDDEN.contains(attribute)
          || (address && !isLocal(value))) {
        throw new IllegalArgumentException("not an attribute: " + attribute + "=" + value);
      }
      Map<String, String> more = new LinkedHashMap<>(attributes);
      more.put(attribute, value);
      return new Element(name, more, children);
    }

    /** With {@code class}; the names must be ours. */
    Element classed(String names) {
      return with("class", names);
    }

    Element add(Html... more) {
      return add(Arrays.asList(more));
    }

    Element add(List<? extends Html> more) {
      List<Html> all = new ArrayList<>(children);
      all.addAll(more);
      return new Element(name, attributes, all);
    }

    Element add(String text) {
      return add(new Text(text));
    }

    private static boolean isLocal(String address) {
      return address.startsWith("#") || (address.startsWith("/") && !address.startsWith("//"));
    }
  }

  static Element element(String name, Html... children) {
    return new Element(name, Map.of(), Arrays.asList(children));
  }

  static Element element(String name, String text) {
    return element(name, new Text(text));
  }

  static Html text(String text) {
    return new Text(text);
  }

  static Html pieces(List<? extends Html> pieces) {
    return new Pieces(List.copyOf(pieces));
  }

  static Html pieces(Html... pieces) {
    return new Pieces(List.of(pieces));
  }

  static Html nothing() {
    return new Pieces(List.of());
  }

  /** A link to a page of ours. */
  static Element link(String address, String text) {
    return element("a", text).with("href", address);
  }

  /** A stranger's words: their direction of writing does not leak into the rest of the line. */
  static Element foreign(String text) {
    return element("bdi", text);
  }

  /** {@code path?name=value&name=value}, encoded. */
  static String address(String path, String... namesAndValues) {
    StringBuilder address = new StringBuilder(path);
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      address.append(i == 0 ? '?' : '&').append(namesAndValues[i]).append('=');
      address.append(
          URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8).replace("+", "%20"));
    }
    return address.toString();
  }

  /** The markup. */
  default String render() {
    StringBuilder out = new StringBuilder(4096);
    HtmlWriter.write(this, out);
    return out.toString();
  }
}
