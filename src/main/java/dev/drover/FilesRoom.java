package dev.drover;

import dev.drover.api.TrinityRoutes;
import dev.drover.api.http.Route;
import dev.drover.api.trinity.TrinityAgentPath;
import dev.drover.api.trinity.TrinityCredentials;
import dev.drover.api.trinity.TrinityDownloads;
import dev.drover.api.trinity.TrinityFiles;
import dev.drover.core.audit.Audit;
import dev.drover.core.machine.CredentialCare;
import dev.drover.core.machine.CredentialFiles;
import dev.drover.core.machine.Machines;
import dev.drover.provider.json.JacksonBundles;
import dev.drover.provider.secret.AesBundles;
import java.util.List;

/** The files in agents' homes, and the credentials among them. */
final class FilesRoom {
    private FilesRoom() {}

    static CredentialFiles credentials(FilesChoice choice) {
        Settings.Secret key = choice.bundleKey();
        return new CredentialFiles(key == null ? null : AesBundles.of(key.text()), new JacksonBundles());
    }

    static List<Route> routes(
            FilesChoice choice, CredentialFiles credentials, Machines machines, TrinityAgentPath path, Audit audit) {
        return TrinityRoutes.files(
                new TrinityFiles(machines, path),
                new TrinityDownloads(machines, path, choice.largestDownload()),
                new TrinityCredentials(new CredentialCare(machines, credentials, audit), path));
    }
}
