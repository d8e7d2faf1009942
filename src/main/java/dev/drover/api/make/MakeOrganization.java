package dev.drover.api.make;

import dev.drover.api.http.CamelCase;
import dev.drover.core.access.User;
import java.util.List;

/**
 * An organization: one user's, with one team of the same number and name.
 *
 * @param zone the host under which its clients find it
 */
@CamelCase
record MakeOrganization(int id, String name, String zone, License license, List<Team> teams) {
    static MakeOrganization of(User user, String zone, int apiLimit) {
        return new MakeOrganization(user.team(), user.name(), zone, new License(apiLimit), List.of(Team.of(user)));
    }

    /** @param apiLimit requests that its clients should make in a minute at most */
    @CamelCase
    record License(int apiLimit) {}

    /** A team within it. */
    @CamelCase
    record Team(int id, String name, int organizationId) {
        static Team of(User user) {
            return new Team(user.team(), user.name(), user.team());
        }

        /** The envelope of one team. */
        record Shown(Team team) {}

        /** A page of teams. */
        record Listed(List<Team> teams, MakePage pg) {}
    }

    /** The envelope of one organization. */
    record Shown(MakeOrganization organization) {}

    /** A page of organizations. */
    record Listed(List<MakeOrganization> organizations, MakePage pg) {}
}
