package dev.drover.api.jettson;

/** The computer of an agent: its region, and starting, running, stopping or destroyed. */
record JettsonContainer(String region, String status) {}
