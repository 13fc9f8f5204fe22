/**
 * What it costs to prove who sent a message: JMH benchmarks of {@code org.thurn.authentication}, and
 * the same work done by OpenDKIM's library and dkimpy. {@link org.thurn.bench.jmh.Authentication} is
 * started by {@code bench/authentication}.
 */
package org.thurn.bench.jmh;
