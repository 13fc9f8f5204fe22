package org.thurn.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.admin.Administration;
import org.thurn.admin.ControlServer;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.journey.Event;
import org.thurn.time.Time;
import org.thurn.user.MailWriter;

/**
 * One running mail server: {@link Rooms} behind {@link Listeners}, with its control socket. The lab
 * runs several in one process; they share nothing but {@link Shared}.
 */
public final class MailServer implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final Rooms rooms;
  private final Listeners listeners;
  private final ControlServer control;
  private final Housekeeping housekeeping;
  private final Shared shared;
  private final Time time;
  private final Optional<Path> config;
  private final long started;
  private final ReentrantLock reloading = new ReentrantLock();

  private MailServer(Settings settings, Optional<Path> config, Shared shared, Time time)
      throws IOException {
    this.started = time.ticks();
    this.config = config;
    this.shared = shared;
    this.time = time;
    this.rooms = Rooms.open(settings, shared, time);
    Handlers handlers = new Handlers(rooms, settings, time);
    this.listeners = new Listeners(handlers, time);
    this.housekeeping = new Housekeeping(rooms, handlers, time);
    MailWriter writer = new MailWriter(time, settings.hostname(), rooms.submission);
    Administration administration =
        new Administration(
            new Own(), rooms.directory, rooms.queue, rooms.mail, writer, rooms.journal);
    try {
      this.control = ControlServer.open(settings.state(), administration, rooms.journey);
      rooms.queue.start();
      listeners.apply(settings);
      housekeeping.start();
    } catch (IOException | RuntimeException e) {
      listeners.close();
      rooms.close();
      throw e;
    }
    rooms.journey.note(new Event.ServerChanged("started", settings.hostname()));
  }

  /** Starts the server that a file describes; {@link #reload} reads it again. */
  public static MailServer start(Path config, Shared shared, Time time)
      throws IOException, SettingsException {
    return new MailServer(SettingsReader.read(config), Optional.of(config), shared, time);
  }

  /**
   * Starts a server from settings that no file describes.
   *
   * @throws java.net.BindException naming an address that cannot be had
   */
  public static MailServer start(Settings settings, Shared shared, Time time) throws IOException {
    return new MailServer(settings, Optional.empty(), shared, time);
  }

  /** Where it listens and how long it took to start. */
  public String greeting() {
    long millis = Duration.ofNanos(time.ticks() - started).toMillis();
    return rooms.current().settings().hostname()
        + " is up after "
        + millis
        + " ms: "
        + String.join(", ", listeners.describe());
  }

  /** The rooms that the lab's page looks into. */
  public Inside inside() {
    return new Inside(rooms);
  }

  /** Reads the settings and certificates again; a mistake leaves everything as it was. */
  public Outcome reload() {
    reloading.lock();
    try {
      housekeeping.reloadCertificate();
      if (config.isEmpty()) {
        return Outcome.ok("certificates read again; there is no settings file");
      }
      Settings settings = SettingsReader.read(config.get());
      Optional<String> fixed = fixed(rooms.current().settings(), settings);
      if (fixed.isPresent()) {
        return Outcome.no(fixed.get() + " can only change with a restart; nothing was changed");
      }
      listeners.apply(settings);
      rooms.reload(settings, shared, time);
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
    boolean sameTls = old.tls().equals(fresh.tls());
    return sameTls ? Optional.empty() : Optional.of("the file names in [tls]");
  }

  private final class Own implements Administration.Server {
    @Override
    public Outcome reload() {
      return MailServer.this.reload();
    }

    @Override
    public List<String> status() {
      List<String> lines = new ArrayList<>();
      lines.add("hostname " + rooms.current().settings().hostname());
      lines.add("state " + rooms.state.path());
      lines.add("pid " + ProcessHandle.current().pid());
      lines.add("up " + Duration.ofNanos(time.ticks() - started).toSeconds() + " s");
      lines.addAll(listeners.describe());
      return lines;
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
    listeners.close();
    rooms.journey.note(new Event.ServerChanged("stopped", rooms.current().settings().hostname()));
    control.close();
    housekeeping.close();
    rooms.close();
  }
}
