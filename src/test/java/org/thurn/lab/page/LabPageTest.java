package org.thurn.lab.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a lab without domains: what every answer has, whatever stands in it. */
class LabPageTest {
  private static final LabView EMPTY = new LabView(List.of(), List::of);

  private LabPage page;
  private int port;

  @BeforeEach
  void open() throws IOException {
    page = LabPage.open(0, EMPTY);
    port = URI.create(page.address()).getPort();
  }

  @AfterEach
  void close() {
    page.close();
  }

  private String ask(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port);
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(20_000);
      String lines = request.replace("\n", "\r\n");
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String get(String path, String host) throws IOException {
    return ask("GET " + path + " HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
  }

  private String post(String body, String... headers) throws IOException {
    String more = String.join("\n", headers);
    return ask(
        "POST /send HTTP/1.1\nHost: 127.0.0.1:%d\nConnection: close\n%s\nContent-Length: %d\n\n%s"
            .formatted(port, more.isEmpty() ? "X-None: 1" : more, body.length(), body));
  }

  @Test
  void everyAnswerForbidsScriptsThatAreNotOurs() throws IOException {
    for (String path : List.of("/", "/dns", "/mailbox", "/journey?message=x", "/nowhere")) {
      assertThat(get(path, "127.0.0.1:" + port))
          .as(path)
          .contains(
              "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'")
          .contains("frame-ancestors 'none'")
          .contains("X-Content-Type-Options: nosniff");
    }
  }

  @Test
  void aNameThatIsNotLoopbackIsRefused() throws IOException {
    assertThat(get("/", "evil.example")).startsWith("HTTP/1.1 403");
    assertThat(get("/", "localhost:" + port)).startsWith("HTTP/1.1 200");
  }

  @Test
  void aFormOfAnotherSiteIsRefused() throws IOException {
    assertThat(post("from=a&to=b", "Origin: http://evil.example")).startsWith("HTTP/1.1 403");
    assertThat(post("from=a&to=b", "Sec-Fetch-Site: cross-site")).startsWith("HTTP/1.1 403");
  }

  @Test
  void aFormThatCannotBeSentComesBackAsItWas() throws IOException {
    assertThat(post("from=a&to=b&subject=%3Cscript%3E&text=t"))
        .startsWith("HTTP/1.1 422")
        .contains("nobody here is called")
        .contains("value=\"&lt;script&gt;\"")
        .doesNotContain("<script>");
    assertThat(post("%zz=1")).startsWith("HTTP/1.1 400");
  }

  @Test
  void aFormThatIsTooLongIsRefused() throws IOException {
    assertThat(
            ask(
                "POST /send HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n"
                    + "Content-Length: 99999999\n\nfrom=a"))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void itsOwnFilesAreThere() throws IOException {
    assertThat(get("/style.css", "127.0.0.1")).contains("text/css", "prefers-reduced-motion");
    assertThat(get("/journey.js", "127.0.0.1")).contains("text/javascript", "data-live");
    assertThat(get("/icon.svg", "127.0.0.1")).contains("image/svg+xml", "<svg");
  }

  @Test
  void whatNobodyKnowsIsNotFound() throws IOException {
    assertThat(get("/nowhere", "127.0.0.1")).startsWith("HTTP/1.1 404");
    assertThat(get("/mailbox?account=x", "127.0.0.1")).startsWith("HTTP/1.1 404");
    assertThat(get("/api/journey?message=x", "127.0.0.1")).startsWith("HTTP/1.1 404");
    assertThat(get("/journey?message=x", "127.0.0.1")).contains("No journey yet");
  }

  @Test
  void anOccupiedPortIsNamed() {
    assertThatThrownBy(() -> LabPage.open(port, EMPTY))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("127.0.0.1#" + port);
  }
}
