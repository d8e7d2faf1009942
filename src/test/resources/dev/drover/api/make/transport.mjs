// The stock SDK against everything that needs neither agents nor runs.
import assert from "node:assert/strict";
import { MakeError } from "@makehq/sdk";
import { Client, failure, token, zone } from "./client.mjs";

const make = new Client();
const base = `http://${zone}/api/v2`;

const me = await make.users.me();
assert.equal(me.id, 1);
assert.equal(me.name, "admin");
assert.equal(make.last().url, `${base}/users/me`);
assert.equal(make.last().headers.authorization, `Token ${token}`);
assert.match(make.last().headers["user-agent"], /^MakeTypeScriptSDK\/1\.6\.10$/);
assert.deepEqual((await make.users.currentAuthorization()).scope.slice(0, 2), ["ai-agents:read", "ai-agents:write"]);

const organization = await make.organizations.get(1);
assert.equal(organization.license.apiLimit, 1000);
assert.equal(organization.zone, zone);
assert.deepEqual((await make.organizations.list()).map((each) => each.id), [1]);

const page = { cols: ["id", "name"], pg: { limit: 5, offset: 0, sortBy: "name", sortDir: "asc" } };
assert.deepEqual((await make.teams.list(1, page)).map((team) => team.organizationId), [1]);
assert.match(make.last().url, /cols%5B%5D=id&cols%5B%5D=name&pg%5Blimit%5D=5&pg%5Boffset%5D=0/);
assert.equal((await make.teams.get(1)).name, "admin");
assert.equal((await make.fetch("/teams?organizationId=1&cols[]=*&pg[limit]=1")).pg.limit, 1);

const [connection] = await make.connections.list(1);
assert.equal(typeof connection.id, "number");
assert.deepEqual(await make.scenarios.list(1, { pg: { offset: 1000 } }), []);

// A key of the other kind goes as Bearer; the answer to its deletion has no body.
const keys = `//${zone}/api/v1/keys`;
const made = await make.fetch(keys, { method: "POST", body: { name: "for the SDK", scopes: ["ai-agents:read"] } });
const other = new Client(made.secret);
assert.equal((await other.users.me()).name, "admin");
assert.equal(other.last().headers.authorization, `Bearer ${made.secret}`);
assert.deepEqual((await other.users.currentAuthorization()).scope, ["ai-agents:read"]);
assert.equal(await make.fetch(`${keys}/${made.key_id}`, { method: "DELETE" }), "");

for (const [call, status, message] of [
    [() => new Client("11111111-1111-4111-8111-111111111111").users.me(), 401, "Access denied."],
    [() => make.organizations.get(2), 403, "Access denied."],
    [() => make.fetch("/teams/2"), 403, "Access denied."],
    [() => make.fetch("/nothing/here"), 404, "No such route: /api/v2/nothing/here"],
    [() => make.fetch("/teams"), 400, "Validation failed for 1 parameter.\n - organizationId Required"],
    [() => make.fetch("/users/me", { method: "DELETE" }), 405, "Method DELETE is not allowed here"],
    [() => make.fetch("/teams", { query: { organizationId: 1, pg: { limit: 0 } } }), 400,
        "Validation failed for 1 parameter.\n"
            + " - pg[limit] must be a whole number from 1 to 10000, but is '0'"],
]) {
    const error = await failure(call());
    assert(error instanceof MakeError, String(error));
    assert.equal(error.statusCode, status);
    assert.equal(error.message, message);
}
console.log("passed");
