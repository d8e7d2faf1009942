// What a server without agents shows: the first steps.
import {html} from '../lit.js';
import {icon} from '../ui/icons.js';

export function beginnings(overview) {
  const noModel = overview.attention.items.some(item => item.kind === 'no_model');
  return html`<section class="card beginnings" aria-labelledby="begin">
    <h2 id="begin">Nobody works here yet. Begin with one of these:</h2>
    <div class="grid">
      ${step('/console/new', 'plus', 'Give an agent a task', noModel
        ? 'Without a model an agent follows fixed steps: a line that begins with $ is run as a command in a computer '
          + 'of its own.'
        : 'It gets a computer of its own, and you watch every step.')}
      ${step('/console/connections', 'plug', noModel ? 'Connect a model' : 'Connect another model',
        'A key of a vendor, or the address of a model on your own machine.')}
      ${step('/console/keys', 'key', 'Make a key', 'For scripts and SDKs: whatever you do here, they can.')}
    </div></section>`;
}

function step(path, image, title, text) {
  return html`<a class="step" href=${path}>${icon(image)}<strong>${title}</strong>
    <span class="muted">${text}</span></a>`;
}
