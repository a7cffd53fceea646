// Starts the page.

import {render} from 'preact';

import {start} from './core/client';
import {applyAppearance} from './core/settings';
import {Root} from './shell/root';

applyAppearance();
render(<Root />, document.getElementById('app')!);
void start();
