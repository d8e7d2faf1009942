package dev.drover.core.computer;

/** Which paths of a workspace may be written and deleted from outside it. */
@FunctionalInterface
public interface WriteRule {
    WriteRule ALL = path -> {};

    /**
     * Refuses with a whole sentence.
     *
     * @param path from the workspace, where the bytes would really lie: no links are left in it
     */
    void judge(String path) throws Workspace.WriteRefused;
}
