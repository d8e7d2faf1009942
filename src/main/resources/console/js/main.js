// Where the console begins: a session first, then the shell with the page of the path.
import {Shell} from './shell.js';
import {session} from './session.js';

const shell = new Shell(document.getElementById('app'));
session.start(shell).then(() => shell.begin());
