/** Tests of connections and the models behind them. */
@NullMarked
package dev.drover.core.connection;

import org.jspecify.annotations.NullMarked;
