/** PostgreSQL: the embedded launcher, the data folder it lives in, pool, transactions and migrations. */
@NullMarked
package dev.drover.provider.database;

import org.jspecify.annotations.NullMarked;
