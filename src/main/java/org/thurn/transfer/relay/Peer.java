package org.thurn.transfer.relay;

import java.net.InetAddress;
import org.thurn.journey.SessionId;
import org.thurn.smtp.client.Extension;
import org.thurn.smtp.client.SmtpClient;

/**
 * A server that said hello and is ready for a transaction.
 *
 * @param session names the connection in every journey that uses it
 */
record Peer(Key key, SmtpClient client, SessionId session) {

  /** What makes two connections interchangeable. */
  record Key(Hop hop, InetAddress address, Terms terms) {
    Name name() {
      return new Name(hop.host().ascii(), address.getHostAddress());
    }
  }

  /** How outcomes and events name the server. */
  record Name(String host, String address) {}

  Name name() {
    return key.name();
  }

  /** Whether another transaction may begin: the server's MAILMAX (RFC 9422 §4.1), and our own. */
  boolean takesMore(int transactions) {
    int most = client.extensions().maxTransactions().orElse(transactions);
    return client.usable() && client.transactions() < Math.min(most, transactions);
  }

  /** How many recipients it takes at once. */
  int recipients(int most) {
    return Math.min(most, client.extensions().maxRecipients().orElse(most));
  }

  boolean offers(Extension extension) {
    return client.extensions().offers(extension);
  }
}
