package dev.drover;

import dev.drover.api.ConsoleRoutes;
import dev.drover.api.console.ConsoleApprovals;
import dev.drover.api.http.Route;
import dev.drover.core.approval.ApprovalStore;
import dev.drover.core.approval.Docket;
import dev.drover.provider.json.JacksonDocuments;
import java.util.List;

/** What operators are asked, in one list. */
final class ApprovalSetup {
    private ApprovalSetup() {}

    static List<Route> routes(Core core) {
        ApprovalStore store = new ApprovalStore(core.ground().database().jdbi(), new JacksonDocuments());
        return ConsoleRoutes.approvals(new ConsoleApprovals(new Docket(store)));
    }
}
