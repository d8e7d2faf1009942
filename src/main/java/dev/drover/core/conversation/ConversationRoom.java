package dev.drover.core.conversation;

import dev.drover.core.Transactions;
import dev.drover.core.agent.Agents;
import dev.drover.core.audit.Audit;
import dev.drover.core.connection.ConnectionModels;
import dev.drover.core.context.Contexts;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.run.Runs;
import dev.drover.core.scenario.Grants;
import java.time.Clock;
import java.time.ZoneId;

/**
 * What the classes of this room share.
 *
 * @param zone whose time agents are told
 */
public record ConversationRoom(
        SettingsStore settings,
        ThreadStore threads,
        Agents agents,
        Runs runs,
        ModelProfiles profiles,
        ConnectionModels models,
        Grants grants,
        Contexts contexts,
        Transactions transactions,
        Audit audit,
        Clock clock,
        ZoneId zone) {}
