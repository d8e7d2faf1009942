// The seven steps of the contract's section 5, by the stock SDK.
import assert from "node:assert/strict";
import { MakeError } from "@makehq/sdk";
import { Client, events, failure } from "./client.mjs";

const VERSION_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const make = new Client();
const query = { teamId: 1 };
const agents = "/ai-agents/v1/agents";

// Which connection and model there are, a client finds out.
const [provider] = await make.fetch("/ai-agents/v1/llm-providers", { query });
const [{ model }] = await make.fetch(`/ai-agents/v1/llm-providers/${provider.id}/models`, { query });

// 1. Create an agent.
const wish = { name: "Support", teamId: 1, makeConnectionId: provider.id, defaultModel: model, systemPrompt: "Be brief." };
const created = await make.fetch(agents, { method: "POST", query, body: wish });
const { agentId, ...rest } = created;
assert.match(agentId, /^[0-9a-f-]{36}$/);
assert.deepEqual(rest, wish);

// 2. It is in the list.
const list = await make.fetch(agents, { query });
assert(Array.isArray(list));
assert(list.some((agent) => agent.id === agentId), JSON.stringify(list));

// 3. Rename it.
const one = `${agents}/${agentId}`;
assert.equal(await make.fetch(one, { method: "PATCH", query, body: { name: "Renamed" } }), "");
assert.equal((await make.fetch(one, { query })).name, "Renamed");

// 4. Run it.
const body = { messages: [{ role: "user", content: "Hello" }], threadId: "customer-42", config: {} };
const ran = await make.fetch(`${one}/run`, { method: "POST", query, body });
assert.equal(typeof ran.response, "string");
assert.notEqual(ran.response, "");
assert.equal(ran.threadId, "customer-42");
assert.equal(ran.executionSteps[0].role, "system");
assert(ran.executionSteps.every((step) => step.agentIterationId === ran.lastAgentIterationId));

// 5. Run it as a stream: the steps come as they are taken.
const stream = await make.fetch(`${one}/run/stream`, { method: "POST", query, body });
assert.match(stream.headers.get("content-type"), /^text\/event-stream/);
assert.equal(stream.headers.get("x-make-thread-id"), "customer-42");
const steps = [];
for await (const frame of events(stream)) {
    assert.equal(frame.event, "step");
    assert.match(frame.id, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    steps.push({ ...JSON.parse(frame.data), frame: frame.id, at: frame.at });
}
const closed = performance.now();
assert.equal(steps[0].role, "system");
assert.match(steps[0].content, /\nCurrent time \(ISO\): \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d)$/);
assert.deepEqual(Object.keys(steps[0]).slice(0, -2).sort(), ["agentIterationId", "content", "id", "role"]);
assert(steps.every((step) => step.id !== step.frame && VERSION_4.test(step.id) && VERSION_4.test(step.agentIterationId)));
assert.equal(steps.at(-1).role, "assistant");
// The model thinks for a second before it answers: the first step must not have waited for it.
assert(closed - steps[0].at > 500, "all frames came at the close");

// 6. A list without a team.
const missing = await failure(make.fetch(agents));
assert(missing instanceof MakeError);
assert.equal(missing.statusCode, 400);
assert.match(missing.message, /teamId Required/);

// 7. Delete it, once.
assert.equal(await make.fetch(one, { method: "DELETE", query }), "");
const again = await failure(make.fetch(one, { method: "DELETE", query }));
assert.equal(again.statusCode, 404);
console.log("passed");
