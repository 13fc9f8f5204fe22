/** The control socket, with well-behaved clients and with others. */
@NullMarked
package org.thurn.admin;

import org.jspecify.annotations.NullMarked;
