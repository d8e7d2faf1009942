package dev.drover.core.backup;

/**
 * One part of a backup, and what tells whether it is whole.
 *
 * @param rows of a table; 0 for what is none
 * @param bytes as they are unpacked
 */
public record BackupPart(String name, long rows, long bytes, String sha256) {
    private static final String FOLDER = "tables/";
    private static final String ENDING = ".copy";

    static String ofTable(String table) {
        return FOLDER + table + ENDING;
    }

    public boolean isTable() {
        return name.startsWith(FOLDER) && name.endsWith(ENDING);
    }

    /** The name of the table that it is of. */
    public String table() {
        return name.substring(FOLDER.length(), name.length() - ENDING.length());
    }
}
