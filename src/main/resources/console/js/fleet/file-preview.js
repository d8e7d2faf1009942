// What a file looks like without opening it: text, a picture, or what is known of its bytes.

/** More of a text is not shown at once; downloads have all of it. */
const LONGEST_TEXT = 512 * 1024;
const LARGEST_PICTURE = 20 * 1024 * 1024;
const PICTURES = {
  png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif',
  bmp: 'image/bmp', svg: 'image/svg+xml', ico: 'image/x-icon',
};
const KINDS = {
  pdf: 'PDF document', zip: 'Zip archive', gz: 'Gzip archive', tar: 'Tar archive', mp4: 'Video', mp3: 'Sound',
  wasm: 'WebAssembly', sqlite: 'SQLite database', db: 'Database', so: 'Shared library', class: 'Java class',
  jar: 'Java archive', woff2: 'Font',
};

/**
 * Reads as much of a file as its preview needs.
 *
 * @param {{content: Function}} source
 * @param {{name: string, path: string, size: number}} file
 * @returns {Promise<{kind: 'text'|'picture'|'binary', text?: string, isWhole?: boolean, url?: string, type: string}>} a
 *     picture's url is to be revoked
 */
export async function preview(source, file, signal) {
  const ending = file.name.toLowerCase().split('.').pop();
  if (PICTURES[ending] && file.size <= LARGEST_PICTURE) {
    const bytes = await (await source.content(file.path, {signal})).arrayBuffer();
    // As a picture no script of an SVG runs; the type is ours and not what the file claims.
    const type = PICTURES[ending];
    return {kind: 'picture', url: URL.createObjectURL(new Blob([bytes], {type})), type};
  }
  const headers = file.size > LONGEST_TEXT ? {Range: `bytes=0-${LONGEST_TEXT - 1}`} : {};
  const bytes = new Uint8Array(await (await source.content(file.path, {signal, headers})).arrayBuffer());
  const isWhole = file.size <= LONGEST_TEXT;
  const text = asText(bytes, isWhole);
  return text === null
    ? {kind: 'binary', type: KINDS[ending] ?? 'Binary file', head: hexOf(bytes.slice(0, 256))}
    : {kind: 'text', text, isWhole, type: 'Text'};
}

/** Null for what is no text. */
function asText(bytes, isWhole) {
  if (bytes.subarray(0, 8_192).includes(0)) {
    return null;
  }
  try {
    // A text that was cut may end within a character.
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes, {stream: !isWhole});
  } catch (noText) {
    return null;
  }
}

function hexOf(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = [...bytes.slice(at, at + 16)];
    const hex = part.map(each => each.toString(16).padStart(2, '0')).join(' ');
    const letters = part.map(each => (each >= 32 && each < 127 ? String.fromCharCode(each) : '.')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(48)} ${letters}`);
  }
  return lines.join('\n');
}

/** A name as it can be shown: nothing in it turns the line around, breaks it or hides. */
export function shownName(name) {
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '\ufffd');
}
