package org.thurn.net.http;

import java.io.IOException;

/** What the server sent is no answer that we take: malformed, too long, or cut off. */
public final class HttpException extends IOException {
  private static final long serialVersionUID = 1L;

  HttpException(String message) {
    super(message);
  }
}
