/**
 * The kill campaign: a real server process under load is killed again and again, and at the end
 * every acknowledged message is accounted for. {@code Campaign} runs one: {@code Sender}s and
 * {@code Reader}s are the clients, {@code NextHop} is where relayed mail goes, {@code Lives} starts
 * and kills the process, {@code Accounting} says what does not add up. {@code Campaigns} is the
 * program behind {@code bench/campaign}; nothing here needs a test framework.
 *
 * <p>After a SIGKILL everything that was written is still there, synced or not. {@code PowerCut}
 * takes away what was not: a shim in C ({@code src/test/c/powercut.c}) notes in the server's
 * process what it syncs, {@code Synced} reads the notes, and the files are cut back before the next
 * start.
 */
@NullMarked
package org.thurn.campaign;

import org.jspecify.annotations.NullMarked;
