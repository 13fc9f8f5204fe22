package org.thurn.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.thurn.journey.Journey;
import org.thurn.time.Time;
import org.thurn.transfer.tlsreports.TlsReportIntake;

/** Takes TLS reports that are posted, RFC 8460 §5.4. */
final class PostedReports {
  /** Where they are posted to. */
  static final String PATH = "/.well-known/tlsrpt";

  /** At a time: more that come slowly would take all requests that the listener has. */
  private static final int AT_ONCE = 10;

  /** For the whole body, however slowly its octets come. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** When one that says nothing any more is left. */
  private static final Duration END = Duration.ofSeconds(15);

  private static final int PIECE = 8_192;
  private static final Set<String> TYPES =
      Set.of("application/tlsrpt+gzip", "application/tlsrpt+json");

  private final BooleanSupplier wanted;
  private final TlsReportIntake intake;
  private final Journey journey;
  private final Time time;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * @param wanted whether the settings want it
   */
  PostedReports(BooleanSupplier wanted, TlsReportIntake intake, Journey journey, Time time) {
    this.wanted = wanted;
    this.intake = intake;
    this.journey = journey;
    this.time = time;
  }

  /** What a post is answered with. */
  private record Reply(Status status, String words) {}

  void take(ServerRequest request, ServerResponse response) throws IOException {
    Reply reply = reply(request);
    response
        .status(reply.status())
        .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .send(reply.words() + "\n");
  }

  private Reply reply(ServerRequest request) throws IOException {
    if (!wanted.getAsBoolean()) {
      return new Reply(Status.NOT_FOUND_404, "no reports are taken here");
    }
    String type = request.headers().contentType().map(t -> t.mediaType().text()).orElse("");
    if (!TYPES.contains(type.toLowerCase(Locale.ROOT))) {
      return new Reply(Status.UNSUPPORTED_MEDIA_TYPE_415, "not " + String.join(" or ", TYPES));
    }
    if (!places.tryAcquire()) {
      return new Reply(Status.SERVICE_UNAVAILABLE_503, "busy: come again");
    }
    try {
      return taken(request);
    } finally {
      places.release();
    }
  }

  private Reply taken(ServerRequest request) throws IOException {
    long begin = time.ticks();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (Deadline _ = new Deadline(END, time);
        InputStream in = request.content().inputStream()) {
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        body.write(piece, 0, read);
        if (body.size() > TlsReportIntake.MAX_POSTED) {
          return new Reply(Status.REQUEST_ENTITY_TOO_LARGE_413, "the report is too large");
        }
        if (time.ticks() - begin > PATIENCE.toNanos()) {
          return new Reply(Status.REQUEST_TIMEOUT_408, "the report comes too slowly");
        }
      }
    }
    TlsReportIntake.Taken taken = intake.posted(body.toByteArray());
    journey.note(taken.event());
    return switch (taken.kind()) {
      case STORED -> new Reply(Status.CREATED_201, "thank you");
      case KNOWN -> new Reply(Status.OK_200, "it came before");
      case REFUSED -> new Reply(Status.BAD_REQUEST_400, "it is no report that is kept here");
      case NO_ROOM -> new Reply(Status.SERVICE_UNAVAILABLE_503, "there is no room for it now");
    };
  }
}
