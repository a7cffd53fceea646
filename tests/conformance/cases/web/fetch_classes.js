/*---
id: WEB-FETCH-001
title: Headers, Request and Response are as in the Fetch standard, without streams
level: 2
grants: none
expect: ok
---*/
const headers = new Headers({ 'X-B': ' 2 ', 'x-a': '1' });
headers.append('X-A', '3');
equal([...headers], [['x-a', '1, 3'], ['x-b', '2']], 'sorted and joined');
headers.set('x-a', '4');
headers.delete('x-b');
equal(`${headers.get('X-A')} ${headers.get('x-b')} ${headers.has('x-a')}`, '4 null true', 'values');
await fails('TypeError', () => new Headers([['a']]));
await fails('TypeError', () => headers.set('a b', 'c'));
await fails('TypeError', () => headers.set('a', 'b\nc'));
const given = { method: 'post', body: '\u{1F600}' };
const request = new Request('HTTPS://Example.ORG:443/a b?c#d', given);
equal(request.url, 'https://example.org/a%20b?c#d', 'url');
equal(request.method, 'POST', 'method');
equal(request.headers.get('content-type'), 'text/plain;charset=UTF-8', 'type');
const copy = request.clone();
equal((await request.bytes()).length, 4, 'bytes');
equal(`${request.bodyUsed} ${copy.bodyUsed}`, 'true false', 'used');
await fails('TypeError', () => request.text());
equal(await copy.text(), '\u{1F600}', 'text');
for (const bad of ['/relative', 'https://user@example.org/', 'nonsense']) {
  await fails('TypeError', () => new Request(bad));
}
await fails('TypeError', () => new Request('https://example.org/', { body: 'x' }));
await fails('TypeError', () => new Request('https://example.org/', { method: 'TRACE' }));
const response = Response.json({ a: [1] }, { status: 201 });
equal(`${response.status} ${response.ok} ${response.headers.get('content-type')}`,
  '201 true application/json', 'response');
equal(await response.json(), { a: [1] }, 'json');
equal(new Uint8Array(await new Response(new Uint8Array([1, 2])).arrayBuffer()).length, 2, 'buffer');
equal(await new Response(new URLSearchParams({ a: 'b c' })).text(), 'a=b+c', 'form');
await fails('RangeError', () => new Response('', { status: 99 }));
await fails('SyntaxError', () => new Response('{').json());
const controller = new AbortController();
controller.abort('why');
let reason;
const aborted = fetch('https://example.org/', { signal: controller.signal });
await aborted.catch((error) => (reason = error));
equal(reason, 'why', 'aborted before it was sent');
