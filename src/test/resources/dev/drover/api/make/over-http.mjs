// Loaded before the command line client, which speaks https only: here there is no certificate.
const fetched = globalThis.fetch;
globalThis.fetch = (url, options) => fetched(String(url).replace(/^https:\/\/localhost/, "http://localhost"), options);
