// The web host with its page, as browser tests start it.

import {existsSync} from 'node:fs';
import {join} from 'node:path';

import {root} from './kiosk.mjs';
import {startWebHost} from './web_host.mjs';

const pageFolder = join(root, 'samples/hosts/web/page/dist');

/// Starts the host with `apps`, folders of unpacked mini-apps. `url` ends without a slash. `stop`
/// ends it, `restart` starts it again with the same data, port and page.
export async function startWeb({apps = [], data, port} = {}) {
  if (!existsSync(join(pageFolder, 'app.js'))) {
    throw new Error('the page is not built: npm run build --prefix samples/hosts/web/page');
  }
  const args = ['--static', pageFolder, ...apps.flatMap(app => ['--apps', app])];
  const host = await startWebHost({data, args, port});
  const own = Number(new URL(host.base).port);
  return {
    url: host.base,
    stop: host.stop,
    restart: () => startWeb({apps, data: host.data, port: own}),
  };
}
