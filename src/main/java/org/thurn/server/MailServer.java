package org.thurn.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.thurn.admin.Administration;
import org.thurn.admin.CertificateCommands;
import org.thurn.admin.ControlServer;
import org.thurn.admin.DkimCommands;
import org.thurn.admin.DomainRecords;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.admin.ReportCommands;
import org.thurn.admin.Status;
import org.thurn.admin.StoreCommands;
import org.thurn.admin.TlsReportCommands;
import org.thurn.journey.Event;
import org.thurn.queue.CrashPoint;
import org.thurn.time.Time;
import org.thurn.user.MailWriter;

/**
 * One running mail server: {@link Rooms} behind {@link Listeners}, with its control socket. The lab
 * runs several in one process; they share nothing but {@link Shared}.
 */
public final class MailServer implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final Opened opened;
  private final Rooms rooms;
  private final Certificates certificates;
  private final Listeners listeners;
  private final Housekeeping housekeeping;
  private final Shared shared;
  private final Time time;
  private final Optional<Path> config;
  private final long started;
  private final ReentrantLock reloading = new ReentrantLock();

  private MailServer(
      Opened opened,
      Settings settings,
      Optional<Path> config,
      Shared shared,
      Time time,
      CrashPoint.Hook crash)
      throws IOException, SettingsException {
    this.opened = opened;
    this.started = time.ticks();
    this.config = config;
    this.shared = shared;
    this.time = time;
    this.rooms = opened.keep(Rooms.open(settings, shared, time, crash));
    this.certificates = opened.keep(Certificates.open(rooms, settings, time));
    MailWriter writer = new MailWriter(time, settings.hostname(), rooms.submission);
    Administration administration =
        new Administration(
            new Own(),
            rooms.directory,
            rooms.queue,
            rooms.mail,
            writer,
            rooms.journal,
            new StoreCommands(
                rooms.store::check, new StateBackup(rooms.state.path(), rooms.store::backup), time),
            new ReportCommands(rooms.reports, rooms.received, rooms.resolver, time),
            new TlsReportCommands(rooms.tls.reports(), rooms.tls.received().reports(), time),
            new DkimCommands(rooms.directory, rooms.keys, rooms.keeping),
            new DomainRecords(
                rooms.directory,
                rooms.sts.own(),
                settings.hostname(),
                () -> rooms.current().settings().tlsReports().receiveAt()),
            new CertificateCommands(certificates.keeping()));
    opened.keep(ControlServer.open(settings.state(), administration, rooms.journey));
    Handlers handlers = new Handlers(rooms, certificates, settings, time);
    this.listeners = opened.keep(new Listeners(handlers, time));
    this.housekeeping = opened.keep(new Housekeeping(rooms, handlers, time));
    listeners.apply(settings, settings);
    rooms.queue.start();
    housekeeping.start();
    certificates.start();
    rooms.reports.start();
    rooms.tls.reports().start();
    rooms.sts.keeping().start();
    rooms.journey.note(new Event.ServerChanged("started", settings.hostname()));
    // at the first start there is no domain yet, and no mail either
    rooms.unsealable(settings).ifPresent(why -> rooms.journey.note(new Event.Fault("start", why)));
  }

  /** Starts the server that a file describes; {@link #reload} reads it again. */
  public static MailServer start(Path config, Shared shared, Time time)
      throws IOException, SettingsException {
    return start(config, shared, time, CrashPoint.Hook.NONE);
  }

  /**
   * As {@link #start(Path, Shared, Time)}.
   *
   * @param crash is told of each of the queue's crash points
   */
  static MailServer start(Path config, Shared shared, Time time, CrashPoint.Hook crash)
      throws IOException, SettingsException {
    return start(SettingsReader.read(config), Optional.of(config), shared, time, crash);
  }

  /**
   * Starts a server from settings that no file describes.
   *
   * @throws java.net.BindException naming an address that cannot be had
   * @throws SettingsException if a file that the settings name does not hold what it should
   */
  public static MailServer start(Settings settings, Shared shared, Time time)
      throws IOException, SettingsException {
    return start(settings, Optional.empty(), shared, time, CrashPoint.Hook.NONE);
  }

  private static MailServer start(
      Settings settings, Optional<Path> config, Shared shared, Time time, CrashPoint.Hook crash)
      throws IOException, SettingsException {
    Opened opened = new Opened();
    try {
      return new MailServer(opened, settings, config, shared, time, crash);
    } catch (IOException | SettingsException | RuntimeException e) {
      opened.abandon(e);
      throw e;
    }
  }

  /** Where it listens and how long it took to start. */
  public String greeting() {
    long millis = Duration.ofNanos(time.ticks() - started).toMillis();
    return rooms.current().settings().hostname()
        + " is up after "
        + millis
        + " ms: "
        + listeners.describe().stream()
            .map(Status.Listening::where)
            .collect(Collectors.joining(", "));
  }

  /** Where it listens now. */
  public List<Status.Listening> listening() {
    return listeners.describe();
  }

  /** The rooms that the lab's page looks into. */
  public Inside inside() {
    return new Inside(rooms);
  }

  /** Reads the settings and certificates again; a mistake leaves everything as it was. */
  public Outcome reload() {
    Outcome outcome = tryReload();
    if (outcome.exit() != Exit.OK) {
      rooms.journey.note(new Event.Fault("reload", outcome.words()));
    }
    return outcome;
  }

  private Outcome tryReload() {
    reloading.lock();
    try {
      housekeeping.reloadCertificate();
      if (config.isEmpty()) {
        return Outcome.ok("certificates read again; there is no settings file");
      }
      Settings settings = SettingsReader.read(config.get());
      Settings before = rooms.current().settings();
      Optional<String> fixed = fixed(before, settings);
      if (fixed.isPresent()) {
        return Outcome.no(fixed.get() + " can only change with a restart; nothing was changed");
      }
      Optional<String> unsealable = rooms.unsealable(settings);
      if (unsealable.isPresent()) {
        throw new SettingsException(unsealable.get());
      }
      Rooms.Current prepared = rooms.prepare(settings, shared);
      try {
        listeners.apply(settings, before);
      } catch (IOException e) {
        prepared.relay().close();
        throw e;
      }
      rooms.replace(prepared);
      rooms.journey.note(new Event.ServerChanged("reloaded", settings.hostname()));
      return Outcome.ok("settings read again from " + config.get());
    } catch (SettingsException e) {
      return Outcome.of(Exit.DATA, e);
    } catch (IOException e) {
      return new Outcome(Exit.UNAVAILABLE, "nothing was changed: " + e.getMessage());
    } finally {
      reloading.unlock();
    }
  }

  /** What a running server cannot change: where its state is, and who it is. */
  private static Optional<String> fixed(Settings old, Settings fresh) {
    if (!old.state().equals(fresh.state())) {
      return Optional.of("\"state\"");
    }
    if (!old.hostname().equals(fresh.hostname())) {
      return Optional.of("\"hostname\"");
    }
    if (!old.tls().equals(fresh.tls())) {
      return Optional.of("the file names in [tls]");
    }
    if (!old.certificates().equals(fresh.certificates())) {
      return Optional.of("[[certificate]] and [acme]");
    }
    if (!old.queue().equals(fresh.queue())) {
      return Optional.of("[queue]");
    }
    if (!old.log().equals(fresh.log())) {
      return Optional.of("[log]");
    }
    boolean sameConnections =
        old.intake().connectionsPerAddress() == fresh.intake().connectionsPerAddress()
            && old.intake().unknownPerHour() == fresh.intake().unknownPerHour()
            && old.intake().limitLoopback() == fresh.intake().limitLoopback();
    return sameConnections
        ? Optional.empty()
        : Optional.of(
            "[intake] connections-per-address, unknown-recipients-per-hour and limit-loopback");
  }

  private final class Own implements Administration.Server {
    @Override
    public Outcome reload() {
      return MailServer.this.reload();
    }

    @Override
    public Status status() {
      return new Status(
          rooms.current().settings().hostname().ascii(),
          rooms.state.path().toString(),
          ProcessHandle.current().pid(),
          Duration.ofNanos(time.ticks() - started),
          listeners.describe(),
          certificates.warnings());
    }
  }

  /** Drains: running transactions end, new connections are told 421; then closes everything. */
  @Override
  public void close() throws IOException {
    try {
      listeners.drain(DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever stops us is in a hurry: close without waiting
    }
    rooms.journey.note(new Event.ServerChanged("stopped", rooms.current().settings().hostname()));
    opened.close();
  }
}
