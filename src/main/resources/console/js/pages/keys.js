// Keys: those of the API, and those of MCP clients.
import {html} from '../lit.js';
import {Page} from '../page.js';
import {ApiKeys} from '../admin/api-keys.js';
import {newButton} from '../admin/bits.js';
import {McpKeys} from '../admin/mcp-keys.js';
import {heading, tabs} from '../ui/parts.js';

export default class KeysPage extends Page {
  static styles = ['admin'];

  get title() {
    return 'Keys';
  }

  async open() {
    this.tab = this.query.get('tab') === 'mcp' ? 'mcp' : 'api';
    this.kind = this.tab === 'mcp' ? new McpKeys(this) : new ApiKeys(this);
    await this.kind.load();
  }

  keys() {
    return [{keys: 'c', name: 'New key', run: () => this.kind.create()}];
  }

  view() {
    return html`
      ${heading('Keys', {actions: newButton('New key', () => this.kind.create())})}
      ${tabs([
        {id: 'api', name: 'API keys', path: '/console/keys'},
        {id: 'mcp', name: 'MCP keys', path: '/console/keys?tab=mcp'},
      ], this.tab)}
      ${this.kind.view()}`;
  }
}
