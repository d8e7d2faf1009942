// The stock SDK against a limit of its organization: it waits as long as it is told, and goes on.
import assert from "node:assert/strict";
import { Client, failure } from "./client.mjs";

const hasty = new Client(undefined, { retry: { onRateLimit: false } });
const error = await failure((async () => {
    while (true) {
        await hasty.users.me();
    }
})());
assert.equal(error.statusCode, 429);
assert.match(error.message, /limit of your organization is exceeded/);
assert.deepEqual(hasty.naps, []);

const patient = new Client();
assert.equal((await patient.users.me()).name, "admin");
assert(patient.naps.every((nap) => nap === 1000), String(patient.naps));
console.log("passed");
