package org.thurn.transfer.posture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.net.Connection;
import org.thurn.net.Connector;
import org.thurn.smtp.Reply;
import org.thurn.smtp.client.Extension;
import org.thurn.smtp.client.SmtpClient;
import org.thurn.smtp.client.Timeouts;

/** A polite dialogue with a host: it sends no message, and takes leave. */
final class Call implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** One step. Some hosts let everybody wait for their greeting. */
  private static final Duration STEP = Duration.ofSeconds(30);

  private final SmtpClient client;
  private final Host ourselves;

  private Call(SmtpClient client, Host ourselves) {
    this.client = client;
    this.ourselves = ourselves;
  }

  /** Connects, and has said nothing yet. */
  static Call open(Means means, InetAddress address) throws IOException {
    Connection connection =
        means
            .connector()
            .connect(
                new InetSocketAddress(address, means.settings().port()),
                Optional.empty(),
                new Connector.Timeouts(CONNECT, STEP, STEP));
    Journey unkept = Journey.to(_ -> {}, means.time(), new Ids(means.time()));
    Optional<Host> literal = connection.local().address().map(AddressLiteral::new);
    Optional<Host> named = means.settings().helo().map(name -> name);
    Host ourselves = named.or(() -> literal).orElseGet(() -> Domain.of("localhost"));
    SmtpClient client = new SmtpClient(connection, Timeouts.all(STEP), means.time(), unkept);
    return new Call(client, ourselves);
  }

  SmtpClient client() {
    return client;
  }

  Reply hello() throws IOException {
    return client.hello(ourselves);
  }

  /** Whether STARTTLS is offered. */
  boolean offersTls() {
    return client.extensions().offers(Extension.STARTTLS);
  }

  /** Asks for TLS; with 2xx it is there, and hello is to be said again. */
  Reply startTls(Means means, Domain host) throws IOException {
    return client.startTls(means.tls().opportunistic(host));
  }

  static boolean completed(Reply reply) {
    return reply.code() / 100 == 2;
  }

  @Override
  public void close() {
    client.quit();
  }
}
