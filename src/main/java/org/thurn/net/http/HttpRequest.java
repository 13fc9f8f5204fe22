package org.thurn.net.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurn.name.Domain;

/**
 * What is asked.
 *
 * @param method such as {@code GET}
 * @param host the name that the server is asked by
 * @param port stands in the Host field unless it is 443
 * @param target path and query
 * @param fields beside Host, Connection and Content-Length, which are ours to write
 * @param body what is sent; empty for a request without one
 */
public record HttpRequest(
    String method,
    Domain host,
    int port,
    String target,
    List<HttpField> fields,
    Optional<Body> body) {
  private static final int HTTPS = 443;

  /** RFC 9112 §3.2.1, in the characters that RFC 3986 leaves. */
  private static final Pattern ORIGIN_FORM = Pattern.compile("/[!$-;=?-Z_a-z~]*");

  public HttpRequest {
    fields = List.copyOf(fields);
    if (!HttpField.isToken(method) || !ORIGIN_FORM.matcher(target).matches()) {
      throw new IllegalArgumentException("not a request: " + method + " " + target);
    }
  }

  /**
   * What a request sends.
   *
   * @param mediaType its Content-Type
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Body(String mediaType, byte[] octets) {}

  /** A GET. */
  public static HttpRequest get(Domain host, int port, String target, HttpField... fields) {
    return new HttpRequest("GET", host, port, target, List.of(fields), Optional.empty());
  }

  /** A POST. */
  public static HttpRequest post(
      Domain host, int port, String target, Body body, HttpField... fields) {
    return new HttpRequest("POST", host, port, target, List.of(fields), Optional.of(body));
  }

  /** As it goes over the wire. */
  byte[] octets() {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    field(head, "Host", host.ascii() + (port == HTTPS ? "" : ":" + port));
    field(head, "Connection", "close");
    fields.forEach(one -> field(head, one.name(), one.value()));
    body.ifPresent(
        sent -> {
          field(head, "Content-Type", sent.mediaType());
          field(head, "Content-Length", "" + sent.octets().length);
        });
    head.append("\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    body.ifPresent(sent -> all.writeBytes(sent.octets()));
    return all.toByteArray();
  }

  private static void field(StringBuilder head, String name, String value) {
    HttpField checked = new HttpField(name, value);
    head.append(checked.name()).append(": ").append(checked.value()).append("\r\n");
  }
}
