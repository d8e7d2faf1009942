package dev.drover.api.console;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;

/** Credentials of people who are less than administrators. */
final class TestingAccounts {
    private final TestingApi server;

    TestingAccounts(TestingApi server) {
        this.server = server;
    }

    /** A key of somebody who is a plain user: test keys act as an account of their own. */
    String user() {
        return server.post("/api/v1/keys", "{\"name\": \"user\", \"mode\": \"test\"}")
                .text("secret");
    }

    /** The same account as an operator from now on. */
    String operator() {
        String key = user();
        server.plane()
                .database()
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute("update app_user set role = 'operator' where name = 'admin+test'"));
        return key;
    }

    Reply get(String credential, String path) {
        return server.send(server.as(credential, path));
    }
}
