// Small charts as SVG: a line over time, bars, a gauge. Each says in words what it shows.
import {html, svg} from '../lit.js';

/**
 * A line with the area below it.
 *
 * @param {number[]} values
 * @param {{label: string, most?: number}} options label tells those who do not see it what it shows
 */
export function line(values, {label, most = Math.max(...values, 1)}) {
  const step = values.length > 1 ? 100 / (values.length - 1) : 100;
  const height = value => 38 - (Math.min(value, most) / most) * 36;
  const points = values.map((value, at) => `${(at * step).toFixed(2)},${height(value).toFixed(2)}`).join(' ');
  const end = ((values.length - 1) * step).toFixed(2);
  return html`<svg class="chart line" viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label=${label}>
    ${points ? svg`<polygon points="0,40 ${points} ${end},40"></polygon>
      <polyline points=${points}></polyline>` : ''}</svg>`;
}

/**
 * Bars side by side.
 *
 * @param {Array<{name: string, value: number, tone?: string}>} bars
 */
export function bars(bars, {label}) {
  const most = Math.max(...bars.map(bar => bar.value), 1);
  const width = 100 / Math.max(1, bars.length);
  return html`<svg class="chart bars" viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label=${label}>
    ${bars.map((bar, at) => svg`
      <rect class=${bar.tone ?? ''} x=${at * width + width * 0.1} width=${width * 0.8}
        y=${40 - (bar.value / most) * 38} height=${(bar.value / most) * 38}>
        <title>${bar.name}: ${bar.value}</title></rect>`)}
  </svg>`;
}

/** How much of something is used: a bar that warns from 80 % on. `most` null means that nothing limits it. */
export function gauge(used, most, {label, shown = value => String(value)}) {
  const share = most ? Math.min(1, used / most) : 0;
  const tone = share >= 1 ? 'bad' : share >= 0.8 ? 'wait' : 'good';
  const text = most === null || most === undefined ? `${shown(used)}, no limit` : `${shown(used)} of ${shown(most)}`;
  return html`<div class="gauge">
    <div class="row"><span>${label}</span><span class="grow"></span><span class="muted">${text}</span></div>
    <svg class="chart gauge-bar ${tone}" viewBox="0 0 100 4" preserveAspectRatio="none" role="img"
        aria-label="${label}: ${text}">
      <rect class="track" width="100" height="4"></rect><rect class="used" width=${share * 100} height="4"></rect>
    </svg></div>`;
}
