import { expect, test } from '@jest/globals';
import { client, serve } from '../test/guarded-exchange.ts';

const post = {
  headers: { 'content-type': 'application/json', 'webhook-id': 'ntf_1' },
  body: '{"a":1}',
  // Long, so that a machine that stands still for some seconds fails no test.
  timeoutMs: 50_000,
};
const free = (origin: string) => client({ allowOrigins: [origin] });

test('a post arrives with its headers and its body, and answers with the status and the headers', async () => {
  let seen: unknown;
  const origin = await serve((request, response) => {
    request.on('data', (chunk: Buffer) => (seen = [request.method, request.headers['webhook-id'], chunk.toString()]));
    request.on('end', () => response.writeHead(503, { 'Retry-After': '7' }).end('later'));
  });
  const answer = await free(origin).post(`${origin}/hook`, post);
  expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '7' } });
  expect(seen).toEqual(['POST', 'ntf_1', '{"a":1}']);
});

test('a post is never followed through a redirect', async () => {
  const requests: (string | undefined)[] = [];
  const origin = await serve((request, response) => {
    requests.push(request.url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  expect((await free(origin).post(`${origin}/hook`, post)).status).toBe(307);
  expect(requests).toEqual(['/hook']);
});

test('a post is refused for private addresses, before a request and when a name resolves to one', async () => {
  const requests: unknown[] = [];
  const { port } = new URL(await serve((request) => void requests.push(request.url)));
  const rebinding = client({
    allowOrigins: [],
    resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
  });
  for (const host of ['127.0.0.1', 'rebind.example'])
    await expect(rebinding.post(`http://${host}:${port}/`, post)).rejects.toMatchObject({ code: 'forbidden' });
  expect(requests).toEqual([]);
});

test('a post fails where the receiver never answers', async () => {
  const origin = await serve(() => undefined);
  await expect(free(origin).post(origin, { ...post, timeoutMs: 200 })).rejects.toMatchObject({ code: 'timed_out' });
});

test('a post counts as answered once the status is there, although the rest trickles or has no end', async () => {
  const trickling = await serve((_request, response) => {
    const timer = setInterval(() => response.write('.'), 20);
    response.writeHead(200).on('close', () => clearInterval(timer));
  });
  const endless = await serve((_request, response) => {
    response.writeHead(200);
    const more = () => void (response.writable && response.write('x'.repeat(65_536), more));
    more();
  });
  for (const origin of [trickling, endless])
    expect((await free(origin).post(origin, { ...post, timeoutMs: 20_000 })).status).toBe(200);
});
