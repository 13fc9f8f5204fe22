/**
 * What tests of many rooms share: programs that must be installed, certificates made on the fly.
 */
@NullMarked
package org.thurn.testing;

import org.jspecify.annotations.NullMarked;
