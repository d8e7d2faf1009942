package dev.drover.api.make;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.access.Caller;
import dev.drover.core.access.User;
import dev.drover.core.usage.Plan;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Who the caller is and where it belongs, which Make's own clients ask first (contract, section 3.10). */
public final class MakeAccount {
    private static final SequencedMap<String, Comparator<MakeOrganization>> ORGANIZATIONS = new LinkedHashMap<>();
    private static final SequencedMap<String, Comparator<MakeOrganization.Team>> TEAMS = new LinkedHashMap<>();

    static {
        ORGANIZATIONS.put("id", Comparator.comparingInt(MakeOrganization::id));
        ORGANIZATIONS.put("name", Comparator.comparing(MakeOrganization::name));
        TEAMS.put("id", Comparator.comparingInt(MakeOrganization.Team::id));
        TEAMS.put("name", Comparator.comparing(MakeOrganization.Team::name));
    }

    private final MakeTeam team;
    private final int apiLimit;
    private final ZoneId zone;

    /**
     * @param limit of an organization's requests in a minute; {@link Plan#NO_LIMIT} for none
     * @param plan whose usual limit is told then, since clients pace themselves by what they are told
     * @param zone of the times that are told
     */
    public MakeAccount(MakeTeam team, int limit, String plan, ZoneId zone) {
        this.team = team;
        this.apiLimit = limit == Plan.NO_LIMIT ? usual(plan) : limit;
        this.zone = zone;
    }

    /** By Make's four plans (contract, section 1). */
    private static int usual(String plan) {
        return switch (plan) {
            case "free" -> 60;
            case "pro" -> 120;
            case "scale" -> 240;
            default -> 1_000;
        };
    }

    public Operation me() {
        return Operation.of("Tell who the caller is", this::me).answers(200, MakeUser.Shown.class);
    }

    private Answer me(Call call) {
        return Answer.ok(new MakeUser.Shown(MakeUser.of(counted(call).user(), zone)));
    }

    public Operation authorization() {
        return Operation.of("Tell what the caller's credential may do", this::authorization)
                .answers(200, MakeUser.Authorized.class);
    }

    private Answer authorization(Call call) {
        return Answer.ok(MakeUser.Authorized.of(counted(call)));
    }

    public Operation organizations() {
        return MakePage.documented(Operation.of("List the caller's organizations", this::organizations))
                .answers(200, MakeOrganization.Listed.class)
                .refuses(400);
    }

    private Answer organizations(Call call) {
        User user = counted(call).user();
        MakePage page = MakePage.read(call, ORGANIZATIONS);
        return Answer.ok(new MakeOrganization.Listed(page.of(List.of(organization(call, user)), ORGANIZATIONS), page));
    }

    public Operation organization() {
        return Operation.of("Get an organization, its limit and its teams", this::organization)
                .answers(200, MakeOrganization.Shown.class)
                .refuses(400);
    }

    private Answer organization(Call call) {
        Caller caller = team.member(call, MakeTeam.number(call, "organizationId"));
        return Answer.ok(new MakeOrganization.Shown(organization(call, caller.user())));
    }

    private MakeOrganization organization(Call call, User user) {
        String host = call.header("Host");
        return MakeOrganization.of(user, host == null ? "" : host, apiLimit);
    }

    public Operation teams() {
        return MakePage.documented(Operation.of("List the teams of an organization", this::teams)
                        .query("organizationId", Integer.class, "The organization; required"))
                .answers(200, MakeOrganization.Team.Listed.class)
                .refuses(400);
    }

    private Answer teams(Call call) {
        String organization = call.query("organizationId");
        if (organization == null) {
            throw new Rejected(new Rejection.QueryMisfit("organizationId", "Required"));
        }
        User user = team.member(call, MakeTeam.number("organizationId", organization))
                .user();
        MakePage page = MakePage.read(call, TEAMS);
        return Answer.ok(
                new MakeOrganization.Team.Listed(page.of(List.of(MakeOrganization.Team.of(user)), TEAMS), page));
    }

    public Operation team() {
        return Operation.of("Get a team", this::team)
                .answers(200, MakeOrganization.Team.Shown.class)
                .refuses(400);
    }

    private Answer team(Call call) {
        Caller caller = team.member(call, MakeTeam.number(call, "teamId"));
        return Answer.ok(new MakeOrganization.Team.Shown(MakeOrganization.Team.of(caller.user())));
    }

    /** A caller who names no team is counted in its own. */
    private Caller counted(Call call) {
        return team.member(call, call.caller().user().team());
    }
}
