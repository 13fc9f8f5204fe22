package org.thurn.authentication.explain;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.inbound.Origin;
import org.thurn.message.Headers;
import org.thurn.name.NameSyntaxException;
import org.thurn.name.ReversePath;

/**
 * What somebody knows of a message's envelope, who has only its text: what is missing is taken from
 * the fields that its last server wrote.
 */
public record Scene(
    Optional<InetAddress> client, Optional<String> helo, Optional<ReversePath> sender) {
  /** The envelope; empty if no client's address is known, without which SPF cannot be asked. */
  public Optional<Origin> origin(Headers headers) {
    List<Hop> hops = Travel.of(headers);
    Optional<Hop> last = hops.isEmpty() ? Optional.empty() : Optional.of(hops.getLast());
    Optional<InetAddress> address = client.or(() -> last.flatMap(Hop::client));
    String name =
        helo.or(() -> client.isPresent() ? Optional.empty() : last.flatMap(Hop::from)).orElse("");
    ReversePath from = sender.orElseGet(() -> returnPath(headers));
    return address.map(a -> new Origin(a, name, from));
  }

  /** RFC 5321 §4.4: the server that delivers it notes the sender. */
  private static ReversePath returnPath(Headers headers) {
    return headers
        .first("Return-Path")
        .flatMap(field -> parsed(field.unfolded()))
        .orElse(ReversePath.Null.INSTANCE);
  }

  private static Optional<ReversePath> parsed(String text) {
    try {
      return Optional.of(ReversePath.parse(text));
    } catch (NameSyntaxException _) {
      return Optional.empty(); // whoever wrote it, it names nobody
    }
  }
}
