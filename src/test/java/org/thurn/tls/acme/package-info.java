@NullMarked
package org.thurn.tls.acme;

import org.jspecify.annotations.NullMarked;
