package dev.drover.core.skill;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.repository.RepositoryName;
import dev.drover.core.setting.KnownSetting;
import dev.drover.core.setting.ServerSettings;
import dev.drover.core.setting.Setting;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where skills are fetched from, as administrators have set it. */
final class LibrarySource {
    private static final String URL = "skills_library_url";
    private static final String BRANCH = "skills_library_branch";
    private static final String MAIN = "main";
    private static final Pattern PLAIN_BRANCH = Pattern.compile("(?!.*(\\.\\.|//))[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}");

    private final ServerSettings settings;
    private final String host;
    private final Pattern shape;

    /** @param host of all repositories, as in {@code github.com} */
    LibrarySource(ServerSettings settings, String host) {
        this.settings = settings;
        this.host = host;
        this.shape = Pattern.compile(
                "(?:(?:https?://)?" + Pattern.quote(host) + "(?::\\d+)?/)?([^/:@]+/[^/:@]+?)(?:\\.git)?/?");
    }

    static List<KnownSetting> settings() {
        return List.of(
                new KnownSetting(
                        URL, false, "", "The repository that the skills library is fetched from: owner/repository"),
                new KnownSetting(BRANCH, false, MAIN, "The branch of the skills library's repository"));
    }

    boolean isSet() {
        return text(URL).isPresent();
    }

    /** Its name; empty when none is set, or what is set is no repository of the host. */
    Optional<RepositoryName> repository() {
        return text(URL)
                .map(shape::matcher)
                .filter(Matcher::matches)
                .flatMap(parts -> RepositoryName.read(parts.group(1)));
    }

    String branch() {
        return text(BRANCH).orElse(MAIN);
    }

    /** The value is not repeated: people put passwords into addresses. */
    RepositoryName needRepository() {
        if (!isSet()) {
            throw new Refused(new Problem.Unacceptable(
                    "Skills library URL not configured - set " + URL + " to " + host + "/<owner>/<repository>"));
        }
        return repository()
                .orElseThrow(() -> new Refused(new Problem.Unacceptable(URL + " names no repository of " + host
                        + ": expected " + host + "/<owner>/<repository>, without user or password")));
    }

    String needBranch() {
        String branch = branch();
        if (!PLAIN_BRANCH.matcher(branch).matches()) {
            throw new Refused(new Problem.Unacceptable(
                    BRANCH + " is '" + branch + "': expected the name of a branch, such as main"));
        }
        return branch;
    }

    private Optional<String> text(String key) {
        return settings.find(key).map(Setting::value).map(String::strip).filter(value -> !value.isEmpty());
    }
}
