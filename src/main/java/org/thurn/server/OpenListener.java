package org.thurn.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.thurn.admin.Status;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.time.Time;

/** A listener that serves: a mail protocol's, or the web's. */
sealed interface OpenListener extends AutoCloseable {
  /** Opens it; a {@link java.net.BindException} names the address. */
  static OpenListener open(ListenerSetting setting, Settings settings, Handlers handlers, Time time)
      throws IOException {
    return setting.protocol() == ListenerSetting.Service.HTTP
        ? new Web(WebListener.open(setting, handlers.pages(), handlers.web(setting), time))
        : Mail.open(setting, settings, handlers, time);
  }

  /** Serves new connections by these settings. */
  void use(ListenerSetting setting, Settings settings);

  /** Gives its address up at once; running sessions go on until it is drained or closed. */
  void stopListening();

  /**
   * Serves nobody new, waits so long for the running sessions to come to a good end, and closes.
   */
  void drain(Duration wait) throws InterruptedException;

  Status.Listening describe(ListenerSetting setting);

  @Override
  void close();

  /** SMTP, LMTP, IMAP or POP3. */
  record Mail(Listener listener, ReplaceableHandler handler, Handlers handlers)
      implements OpenListener {
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int PER_MINUTE = 600;

    static Mail open(ListenerSetting setting, Settings settings, Handlers handlers, Time time)
        throws IOException {
      ReplaceableHandler handler = new ReplaceableHandler(handlers.handler(setting, settings));
      ListenerSettings listener =
          setting
              .path()
              .map(
                  path -> ListenerSettings.unix(setting.protocol().label(), path, Optional.empty()))
              .orElseGet(() -> tcp(setting, settings, handlers));
      return new Mail(Listener.open(listener, handler, time), handler, handlers);
    }

    private static ListenerSettings tcp(
        ListenerSetting setting, Settings settings, Handlers handlers) {
      InetAddress address = setting.address().orElseThrow();
      // who can reach a loopback listener is on this machine and trusted not to exhaust it
      boolean exempt = address.isLoopbackAddress() && !settings.intake().limitLoopback();
      ListenerSettings listener =
          ListenerSettings.tcp(
                  setting.protocol().label(), new InetSocketAddress(address, setting.port()))
              .withLimits(
                  MAX_CONNECTIONS,
                  exempt ? 0 : settings.intake().connectionsPerAddress(),
                  exempt ? 0 : PER_MINUTE);
      return handlers.implicit(setting).map(listener::withTls).orElse(listener);
    }

    @Override
    public void use(ListenerSetting setting, Settings settings) {
      handler.replace(handlers.handler(setting, settings));
    }

    @Override
    public void stopListening() {
      listener.stopListening();
    }

    @Override
    public void drain(Duration wait) throws InterruptedException {
      listener.drain(wait);
    }

    @Override
    public Status.Listening describe(ListenerSetting setting) {
      boolean inet = listener.local() instanceof InetSocketAddress;
      String address =
          inet
              ? setting.address().orElseThrow().getHostAddress()
              : String.valueOf(listener.local());
      int port = listener.local() instanceof InetSocketAddress local ? local.getPort() : 0;
      return new Status.Listening(
          setting.protocol().label(),
          address,
          port,
          setting.tls().name().toLowerCase(Locale.ROOT),
          listener.connections());
    }

    @Override
    public void close() {
      listener.close();
    }
  }

  /** HTTP, or HTTPS. */
  record Web(WebListener listener) implements OpenListener {
    @Override
    public void use(ListenerSetting setting, Settings settings) {
      // what it shows comes from the settings that are in force
    }

    @Override
    public void stopListening() {
      listener.close();
    }

    @Override
    public void drain(Duration wait) {
      // its requests take no time: Helidon ends them when it closes
    }

    @Override
    public Status.Listening describe(ListenerSetting setting) {
      String address = setting.address().orElseThrow().getHostAddress();
      String tls = setting.tls().name().toLowerCase(Locale.ROOT);
      return new Status.Listening("http", address, listener.port(), tls, 0);
    }

    @Override
    public void close() {
      listener.close();
    }
  }
}
