package dev.drover.core.connection;

import dev.drover.core.id.ConnectionId;

/**
 * A profile name taken apart, as Make shows an agent's model.
 *
 * @param type the connection's, in its word
 * @param model the model's name there, or that of a profile of the server
 */
public record ConnectedModel(ConnectionId connection, String type, String model) {}
