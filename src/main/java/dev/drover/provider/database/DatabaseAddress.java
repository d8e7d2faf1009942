package dev.drover.provider.database;

/** Where a PostgreSQL is and who we are there. */
public record DatabaseAddress(String url, String user, String password) {
    /** Without the password, since values end up in logs. */
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
