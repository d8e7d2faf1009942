package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.machine.Resources;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Repositories that agents can begin as (contract, section 6). Nothing is asked of GitHub for showing them. */
public final class TrinityTemplates {
    private static final Pattern ID = Pattern.compile("github:([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)");

    private final List<String> repositories;

    /** @param repositories to offer, each as {@code owner/name} */
    public TrinityTemplates(List<String> repositories) {
        this.repositories = List.copyOf(repositories);
    }

    public Operation list() {
        return Operation.of("List the templates that agents can be made from", this::list)
                .answers(200, Template[].class);
    }

    private Answer list(Call call) {
        return Answer.ok(repositories.stream().map(Template::of).toList());
    }

    public Operation get() {
        return Operation.of("Look at a template, by github:owner/name, whether it is listed or not", this::get)
                .answers(200, Template.class)
                .refuses(404);
    }

    private Answer get(Call call) {
        return template(call.path("id"));
    }

    /** For clients that write the slash of an id as it is. */
    public Operation find() {
        return Operation.of("Look at a template, by github:owner and its name, whether it is listed or not", this::find)
                .answers(200, Template.class)
                .refuses(404);
    }

    private Answer find(Call call) {
        return template(call.path("id") + "/" + call.path("repository"));
    }

    private static Answer template(String id) {
        Matcher repository = ID.matcher(id);
        if (!repository.matches()) {
            throw new Rejected(new Rejection.Malformed(404, "Template not found"));
        }
        return Answer.ok(Template.of(repository.group(1)));
    }

    /** What only the repository itself knows is empty. */
    record Template(
            String id,
            String displayName,
            String description,
            String githubRepo,
            @Nullable String githubCredentialId,
            String source,
            TrinityStatus.Size resources,
            List<String> skills,
            List<String> mcpServers,
            List<String> requiredCredentials) {
        static Template of(String repository) {
            return new Template(
                    "github:" + repository,
                    repository.substring(repository.indexOf('/') + 1),
                    "",
                    repository,
                    null,
                    "github",
                    TrinityStatus.Size.of(Resources.USUAL),
                    List.of(),
                    List.of(),
                    List.of());
        }
    }
}
