/**
 * Several complete mail domains on one offline machine: a signed DNS, a certificate authority, a
 * server for each domain with its own address, and a page that shows them. {@link
 * org.thurn.lab.Lab} starts the same {@code server} that {@code thurn serve} runs, with settings of
 * its own.
 */
@NullMarked
package org.thurn.lab;

import org.jspecify.annotations.NullMarked;
