// A browser's own description, which is long and mostly history, as two words that people know.

const BROWSERS = [[/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'],
  [/HeadlessChrome\//, 'Headless Chrome'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari']];
const SYSTEMS = [[/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']];

export function client(description) {
  const find = list => list.find(([pattern]) => pattern.test(description))?.[1];
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)];
  if (browser) {
    return system ? `${browser} on ${system}` : browser;
  }
  return description.slice(0, 40) || 'An unnamed client';
}
