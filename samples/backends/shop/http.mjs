// The little HTTP that the shop's server needs, on node:http alone: routes, bounded bodies, JSON.

import {createServer} from 'node:http';

const bodyBytesMax = 64 * 1024;
const requestMsMax = 10_000;

/// An answer that is not a success; `message` goes to the caller.
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/// The whole body as text.
export async function readText(request) {
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > bodyBytesMax) throw new Refusal(413, 'the body is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/// The body as a JSON object; {} when it is empty.
export async function readObject(request) {
  const text = await readText(request);
  if (text === '') return {};
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
  if (typeof value !== 'object' || value === null) throw new Refusal(400, 'the body is no object');
  return value;
}

function send(response, status, value) {
  const text = value === undefined ? '' : JSON.stringify(value);
  response.writeHead(status, {'content-type': 'application/json', 'cache-control': 'no-store'});
  response.end(text);
}

/// Serves `routes`, {'GET /orders/:id': (request, {id}) => value}, on 127.0.0.1; a handler that
/// returns undefined answers 202. Resolves to {url, close}.
export async function serve(routes, port = 0) {
  const table = Object.entries(routes).map(([route, handle]) => {
    const [method, path] = route.split(' ');
    const form = path.replace(/:(\w+)/g, '(?<$1>[A-Za-z0-9._-]{1,64})');
    return {method, form: new RegExp(`^${form}$`), handle};
  });
  const server = createServer(async (request, response) => {
    try {
      const {pathname} = new URL(request.url, 'http://127.0.0.1');
      for (const {method, form, handle} of table) {
        const found = request.method === method && form.exec(pathname);
        if (!found) continue;
        const value = await handle(request, found.groups ?? {});
        return send(response, value === undefined ? 202 : 200, value);
      }
      throw new Refusal(404, 'there is nothing here');
    } catch (error) {
      if (!(error instanceof Refusal)) console.error(`${request.method}: ${error.message}`);
      send(response, error.status ?? 500, {error: error.status ? error.message : 'it broke'});
    }
  });
  server.requestTimeout = requestMsMax;
  await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise(resolve => {
      server.close(resolve);
      server.closeAllConnections?.();
    }),
  };
}
