/**
 * A small HTTP/1.1 client (RFC 9110, RFC 9112) for the few things that a mail server asks of web
 * servers: one request, one answer, one connection. {@link org.thurn.net.http.HttpClient} sends a
 * {@link org.thurn.net.http.HttpRequest} to addresses that its caller has looked up, through a TLS
 * upgrade that its caller has chosen, and returns a {@link org.thurn.net.http.HttpResponse} that is
 * no larger, and took no longer, than {@link org.thurn.net.http.HttpLimits} say. It follows no
 * redirects, keeps no cache, no cookies and no connection.
 */
@NullMarked
package org.thurn.net.http;

import org.jspecify.annotations.NullMarked;
