package org.thurn.server;

import java.util.List;
import java.util.Optional;
import org.thurn.time.Time;
import org.thurn.tls.TlsServer;
import org.thurn.tls.acme.AcmeSettings;
import org.thurn.tls.acme.CertificateKeeping;
import org.thurn.tls.acme.CertificateStore;
import org.thurn.tls.acme.Challenges;
import org.thurn.tls.acme.DnsChallenges;
import org.thurn.tls.acme.HttpChallenges;
import org.thurn.tls.acme.RecordPublisher;
import org.thurn.tls.acme.TlsAlpnChallenges;

/**
 * What a server shows its clients, and who keeps it.
 *
 * @param tls empty if nothing is offered over TLS
 * @param http answers authorities that ask over HTTP
 * @param keeping empty if no authority is asked
 */
record Certificates(
    Optional<TlsServer> tls, HttpChallenges http, Optional<CertificateKeeping> keeping)
    implements AutoCloseable {

  static Certificates open(Rooms rooms, Settings settings, Time time) throws SettingsException {
    Optional<TlsServer> tls = Wiring.certificates(settings, time);
    HttpChallenges http = new HttpChallenges();
    Optional<AcmeSettings> acme = settings.certificates().acme();
    return new Certificates(
        tls,
        http,
        tls.isPresent() && acme.isPresent()
            ? Optional.of(keeping(rooms, settings, acme.get(), tls.get(), http, time))
            : Optional.empty());
  }

  private static CertificateKeeping keeping(
      Rooms rooms,
      Settings settings,
      AcmeSettings acme,
      TlsServer tls,
      HttpChallenges http,
      Time time)
      throws SettingsException {
    Optional<RecordPublisher> publisher = Wiring.records(settings);
    Challenges challenges =
        switch (acme.challenge()) {
          case HTTP_01 -> http;
          case TLS_ALPN_01 -> new TlsAlpnChallenges(tls, time);
          case DNS_01 -> new DnsChallenges(publisher, rooms.resolver, time, rooms.journey);
        };
    CertificateStore store = new CertificateStore(rooms.store);
    return new CertificateKeeping(
        acme,
        store,
        Wiring.authority(acme, store, challenges, time),
        new CertificateKeeping.Shelf(tls::obtained, tls::chain),
        new CertificateKeeping.Surroundings(rooms.resolver, publisher, time, rooms.journey));
  }

  void start() {
    keeping.ifPresent(CertificateKeeping::start);
  }

  /** What an administrator should know of now. */
  List<String> warnings() {
    return keeping.map(CertificateKeeping::warnings).orElse(List.of());
  }

  @Override
  public void close() {
    keeping.ifPresent(CertificateKeeping::close);
  }
}
