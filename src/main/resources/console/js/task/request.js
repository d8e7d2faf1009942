// The body of a spawn out of what was chosen, and the command that sends the same.

/**
 * Only what differs from what the server does anyway.
 *
 * @param {Array<{path: string, content_base64: string}>} files
 */
export function bodyOf(wish, files) {
  const body = {task: wish.task.trim()};
  put(body, 'name', wish.name.trim());
  put(body, 'model', wish.model);
  put(body, 'max_duration_seconds', wish.minutes === '' ? '' : Math.round(Number(wish.minutes) * 60));
  put(body, 'max_iterations', wish.iterations === '' ? '' : Number(wish.iterations));
  if (wish.choose) {
    body.tools = wish.tools;
  }
  if (wish.network === 'none') {
    body.network = 'none';
  } else if (wish.network === 'allow') {
    body.network = {allow: words(wish.hosts)};
  }
  put(body, 'secrets', wish.secrets);
  put(body, 'artifacts', words(wish.artifacts));
  put(body, 'result_schema', schemaOf(wish.schema));
  if (!wish.recall || !wish.extract) {
    body.memory = {recall: wish.recall, extract: wish.extract};
  }
  put(body, 'files', files);
  return body;
}

function put(body, name, value) {
  if (value !== '' && value !== null && !(Array.isArray(value) && value.length === 0)) {
    body[name] = value;
  }
}

function words(text) {
  return text.split(/[\s,]+/).filter(Boolean);
}

/** What is no JSON goes as it is: the server says what is wrong with it. */
function schemaOf(text) {
  if (!text.trim()) {
    return null;
  }
  try {
    return JSON.parse(text);
  } catch (noJson) {
    return text;
  }
}

/** The field that a refusal is about; null when it is about none. */
export function refusedField(error) {
  if (error.code === 'invalid_task') {
    return 'task';
  }
  const named = error.body?.error?.details?.field;
  return typeof named === 'string' ? named.split(/[.[]/)[0] : null;
}

/** The same request for a shell; it reads files itself. */
export function curl(origin, wish, files) {
  const marks = files.map((file, at) => ({path: file.path, content_base64: `@file-${at}@`}));
  let json = JSON.stringify(bodyOf(wish, marks), null, 2).replaceAll("'", "'\\''");
  files.forEach((file, at) => {
    const name = file.path.replaceAll("'", "'\\''");
    json = json.replace(`@file-${at}@`, () => `'"$(base64 -w0 '${name}')"'`);
  });
  return `curl -X POST ${origin}/api/v1/agents \\\n  -H "Authorization: Bearer $DROVER_API_KEY" \\\n`
    + `  -H 'Content-Type: application/json' \\\n  -d '${json}'`;
}
