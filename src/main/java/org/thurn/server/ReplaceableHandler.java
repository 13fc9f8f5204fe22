package org.thurn.server;

import java.io.IOException;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.Endpoint;

/** What serves a listener, replaced at a reload for the connections that come from then on. */
final class ReplaceableHandler implements ConnectionHandler {
  private volatile ConnectionHandler current;

  ReplaceableHandler(ConnectionHandler first) {
    this.current = first;
  }

  void replace(ConnectionHandler next) {
    current = next;
  }

  @Override
  public void serve(Connection connection) throws IOException {
    current.serve(connection);
  }

  @Override
  public byte[] refusal(Limit limit) {
    return current.refusal(limit);
  }

  @Override
  public void refused(Endpoint remote, Limit limit) {
    current.refused(remote, limit);
  }

  @Override
  public void broken(Connection connection, IOException cause) {
    current.broken(connection, cause);
  }

  @Override
  public void fault(String where, Exception cause) {
    current.fault(where, cause);
  }
}
