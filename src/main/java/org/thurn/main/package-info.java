/** The entry: {@link org.thurn.main.Main} hands the arguments to the command line. */
@NullMarked
package org.thurn.main;

import org.jspecify.annotations.NullMarked;
