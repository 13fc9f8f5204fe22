/**
 * What the world does to a server that means it no harm, and what people do who do: full and failing
 * disks, dead name servers, small memories, hostile clients. Each test drives the real program, most
 * of them in a process of its own ({@code RealServer}), over sockets of this machine.
 */
@NullMarked
package org.thurn.faults;

import org.jspecify.annotations.NullMarked;
