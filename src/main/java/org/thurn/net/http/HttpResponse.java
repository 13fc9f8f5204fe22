package org.thurn.net.http;

import java.util.List;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param status such as 200
 * @param fields in their order
 * @param body only of a status 2xx: what else a server says is nothing that we could use
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpResponse(int status, List<HttpField> fields, byte[] body) {
  public HttpResponse {
    fields = List.copyOf(fields);
  }

  /** The values of a field, which may stand there several times. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(HttpField::value)
        .toList();
  }

  /** The first value of a field. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** Whether the request was understood and done, RFC 9110 §15.3. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }
}
