// What the scripts share: a stock client of the server that the environment names, which remembers what it sent.
import { Make } from "@makehq/sdk";

export const zone = process.env.MAKE_ZONE;
export const token = process.env.MAKE_API_KEY;

export class Client extends Make {
    requests = [];
    naps = [];

    constructor(credential = token, options = {}) {
        super(credential, zone, { retry: { onRateLimit: true }, ...options });
        this.protocol = "http";
    }

    async handleRequest(url, options) {
        this.requests.push({ url, ...options });
        return super.handleRequest(url, options);
    }

    async handleError(response) {
        if (response.status === 429) {
            console.log("limited");
        }
        return super.handleError(response);
    }

    async handleResponse(response) {
        const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
        return isStream ? response : super.handleResponse(response);
    }

    sleep(millis) {
        this.naps.push(millis);
        return super.sleep(millis);
    }

    last() {
        return this.requests.at(-1);
    }
}

/** The error that a call must end with. */
export async function failure(call) {
    try {
        await call;
    } catch (error) {
        return error;
    }
    throw new Error("it did not fail");
}

/** The events of a stream as they arrive, with the time of each. */
export async function* events(response) {
    let text = "";
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
        text += piece;
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
            const frame = Object.fromEntries(
                text.slice(0, end).split("\n").map((line) => [line.split(":")[0], line.slice(line.indexOf(":") + 1)]));
            text = text.slice(end + 2);
            if (frame.data !== undefined) {
                yield { ...frame, at: performance.now() };
            }
        }
    }
}
