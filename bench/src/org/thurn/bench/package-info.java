/**
 * Thurn's speed beside that of Debian's Postfix and Dovecot, on one machine, in one go: {@code
 * bench/run}.
 *
 * <p>{@link org.thurn.bench.Run} is the entry. A {@link org.thurn.bench.Workload} says which {@link
 * org.thurn.bench.Server} is started and what is sent to it; a {@link org.thurn.bench.Trial} starts
 * that server anew in a folder of its own, measures it cold and warm, and ends it. Processes run in
 * a {@link org.thurn.bench.Group}, whose processor time and memory the kernel adds up. {@link
 * org.thurn.bench.Others} tells whether somebody else was using the machine meanwhile.
 *
 * <p>{@link org.thurn.bench.Scale} is the entry of {@code bench/scale}: a {@link
 * org.thurn.bench.Subject} fills a queue or mailboxes and measures a Thurn with them and one
 * without.
 *
 * <p>{@link org.thurn.bench.TlsRun} is the entry of {@code bench/tls}: a {@link
 * org.thurn.bench.TlsVisit} shakes hands with a {@link org.thurn.bench.TlsHost} and leaves, or
 * stays.
 */
@NullMarked
package org.thurn.bench;

import org.jspecify.annotations.NullMarked;
