# An MCP server for tests, over standard input and output, with nothing but Python.
import json, os, sys, time

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
ANY = {"type": "object"}
TOOLS = [
    {"name": "echo it!", "description": "Echoes", "inputSchema": TEXT, "annotations": {"readOnlyHint": True}},
    {"name": "count", "inputSchema": ANY},
    {"name": "same", "inputSchema": ANY, "annotations": {"idempotentHint": True}},
    {"name": "show", "inputSchema": ANY},
    {"name": "fail", "inputSchema": ANY},
    {"name": "die", "inputSchema": ANY},
    {"name": "hang", "inputSchema": ANY},
    {"name": "odd", "inputSchema": {"type": "nonsense"}},
    {"name": "x" * 100, "inputSchema": ANY},
]
calls = 0


def text(words, **more):
    return {"content": [{"type": "text", "text": words}], **more}


def call(name, arguments):
    global calls
    calls += 1
    if name == "echo it!":
        return text(arguments["text"] + " " + os.environ.get("TONE", "") + " " + os.getcwd())
    if name == "count":
        return text("", structuredContent={"calls": calls})
    if name == "show":
        return {"content": [{"type": "image", "data": "UElD", "mimeType": "image/png"}]}
    if name == "fail":
        return text("it broke", isError=True)
    if name == "die":
        print("going down", file=sys.stderr, flush=True)
        os._exit(3)
    if name == "hang":
        time.sleep(600)
    return text("fine")


def answer(message):
    method = message["method"]
    if method == "initialize":
        return {
            "protocolVersion": message["params"]["protocolVersion"],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "test", "version": "1"},
        }
    if method == "tools/list":
        half = message.get("params", {}).get("cursor")
        return {"tools": TOOLS[4:]} if half else {"tools": TOOLS[:4], "nextCursor": "more"}
    if method == "tools/call":
        return call(message["params"]["name"], message["params"].get("arguments", {}))
    return {}


for line in sys.stdin:
    message = json.loads(line)
    if "id" in message and "method" in message:
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": answer(message)}), flush=True)
