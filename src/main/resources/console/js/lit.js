// The one door to lit-html, so that its place in the world is written once.
export {html, svg, nothing, render} from '../lib/lit-html/lit-html.js';
export {repeat} from '../lib/lit-html/directives/repeat.js';
export {live} from '../lib/lit-html/directives/live.js';
export {keyed} from '../lib/lit-html/directives/keyed.js';
