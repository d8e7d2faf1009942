// Figures and times in words for people.

const RELATIVE = new Intl.RelativeTimeFormat('en', {numeric: 'auto', style: 'short'});
const NUMBER = new Intl.NumberFormat('en');
const COMPACT = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});
const MOMENT = new Intl.DateTimeFormat('en', {dateStyle: 'medium', timeStyle: 'medium'});

/** Reads what dialects write as a time: ISO text, or milliseconds since 1970. Null for none. */
export function time(value) {
  if (value === null || value === undefined || value === '') {
    return null;
  }
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** "5 min. ago", "in 2 hr."; "never" for no time. */
export function ago(value, now = Date.now()) {
  const date = time(value);
  if (!date) {
    return 'never';
  }
  const seconds = (date.getTime() - now) / 1000;
  const units = [[86_400, 'day'], [3_600, 'hour'], [60, 'minute']];
  const [size, unit] = units.find(([each]) => Math.abs(seconds) >= each) ?? [1, 'second'];
  return RELATIVE.format(Math.round(seconds / size), unit);
}

/** The date and time in full, by the clock of whoever looks. */
export function moment(value) {
  const date = time(value);
  return date ? MOMENT.format(date) : 'never';
}

/** "480 ms", "12.3 s", "4 min 5 s", "3 h 20 min". */
export function duration(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) {
    return '';
  }
  if (milliseconds < 1_000) {
    return `${Math.round(milliseconds)} ms`;
  }
  const seconds = milliseconds / 1_000;
  if (seconds < 60) {
    return `${seconds.toFixed(1)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${Math.floor(seconds % 60)} s`;
  }
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function bytes(count) {
  if (count < 1_000) {
    return `${count} B`;
  }
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(count) / 3));
  return `${(count / 1_000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** 12,345 */
export function number(value) {
  return value === null || value === undefined ? '–' : NUMBER.format(value);
}

/** 12.3K */
export function compact(value) {
  return value === null || value === undefined ? '–' : COMPACT.format(value);
}

/** Dollars; small sums with the digits that matter. */
export function money(dollars) {
  if (dollars === null || dollars === undefined) {
    return '–';
  }
  const isWholeCents = Number.isInteger(Math.round(dollars * 1e6) / 1e4);
  const digits = Math.abs(dollars) < 1 && !isWholeCents ? 4 : 2;
  return `$${dollars.toFixed(digits)}`;
}

export function cents(value) {
  return value === null || value === undefined ? '–' : money(value / 100);
}

/** "1 agent", "2 agents". */
export function plural(count, one, many = one + 's') {
  return `${number(count)} ${count === 1 ? one : many}`;
}
