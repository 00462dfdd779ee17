import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Problem, SessionState } from '@darkroom/contract';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { workflowsUrl } from './workflows-url.ts';

const page = '<!doctype html><div id="root"></div>';
const script = 'console.log("the page");';
const asset = '/assets/index-0jlrNT56.js';
const directory = await buildPage();
const api = setUpPublicApi(() => ({
  pageDirectory: directory,
  streamUrl: 'http://localhost:3001/v1/stream',
  workflowsUrl: workflowsUrl('https://temporal.example.com/', 'team a'),
}));
afterAll(() => rm(directory, { recursive: true }));

/** As a browser asks, which shows no key. */
const open = (path: string, headers: Record<string, string> = {}, url = api.url) =>
  new Promise<IncomingMessage>((answer, fail) => get(`${url}${path}`, { headers }, answer).on('error', fail));
const textOf = async (answer: IncomingMessage) => (await buffer(answer)).toString();

test.each(['/', '/gallery', '/gallery?status=failed', '/batches', '/batches/bat_x', '/calls/call_x'])(
  'shows the page at %s to whoever asks, and has browsers ask again each time',
  async (path) => {
    const answer = await open(path);

    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(await textOf(answer)).toBe(page);
  },
);

test('the page may load from its own origin only, run no inlined script, be framed by nobody, and hear the stream', async () => {
  const policy = String((await open('/')).headers['content-security-policy']);

  expect(policy.split('; ').sort()).toEqual([
    "base-uri 'none'",
    "connect-src 'self' http://localhost:3001 ws://localhost:3001",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "script-src 'self'",
    "style-src 'self'",
  ]);
});

describe('a file whose name holds a hash of what is in it', () => {
  test('is kept by browsers for good', async () => {
    const answer = await open(asset);

    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toMatch(/^(text|application)\/javascript/);
    expect(await textOf(answer)).toBe(script);
  });

  test.each([
    ['br', 'gzip, deflate, br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ])('comes compressed by %s as it was built, to who takes that', async (encoding, accepted, decompress) => {
    const answer = await open(asset, { 'accept-encoding': accepted });

    expect([answer.headers['content-encoding'], answer.headers['vary']]).toEqual([encoding, 'accept-encoding']);
    expect(answer.headers['content-type']).toMatch(/^(text|application)\/javascript/);
    expect(decompress(await buffer(answer)).toString()).toBe(script);
  });
});

test.each([
  '/assets/index-gone.js',
  '/assets',
  '/assets/',
  '/nope',
  '/v1/nope',
  '/%2e%2e/package.json',
  '/..%2findex.html',
])('where there is nothing, as at %s, a problem says so, and no folder shows what is in it', async (path) => {
  const answer = await open(path);

  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const text = await textOf(answer);
  expect(text).not.toContain('index-0jlrNT56');
  expect(JSON.parse(text)).toHaveProperty('code');
});

test.each(['/nope', '/batch', '/calls/call_x/nope'])(
  'a person who is led to where there is nothing, as at %s, is told so by the page',
  async (path) => {
    const answer = await open(path, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });

    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([404, 'no-cache']);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(await textOf(answer)).toBe(page);
  },
);

test.each(['/v1/nope', '/assets/index-gone.js'])(
  'what is no place for a person, as %s, stays a problem',
  async (path) => {
    const answer = await open(path, { accept: 'text/html' });

    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  },
);

test("a page that signs in is told where Temporal's Web UI shows workflows, where that is known", async () => {
  expect((await api.request<SessionState>('/v1/session')).body.workflowsUrl).toBe(
    'https://temporal.example.com/namespaces/team%20a/workflows/',
  );
  const another = await api.startAnother({ workflowsUrl: workflowsUrl(undefined, 'default') });
  api.endLater(() => another.close());
  expect((await another.request('/v1/session')).body).not.toHaveProperty('workflowsUrl');
});

test('without a built page the API works, and the address of the page says what is missing', async () => {
  const another = await api.startAnother({ pageDirectory: join(directory, 'assets') });
  api.endLater(() => another.close());

  for (const path of ['/', '/calls/call_x']) {
    const answer = await open(path, {}, another.url);
    expect(answer.statusCode).toBe(404);
    const { detail } = JSON.parse(await textOf(answer)) as Problem;
    expect(detail).toContain('Build it with `npx nx build web`, or set WEB_DIR');
  }
  expect((await another.request('/v1/calls')).status).toBe(200);
});

/** A directory such as Vite leaves. */
async function buildPage(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'darkroom-page-'));
  await mkdir(join(root, 'assets'));
  const files = {
    'index.html': page,
    [asset]: script,
    [`${asset}.gz`]: gzipSync(script),
    [`${asset}.br`]: brotliCompressSync(script),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(root, name), content);
  return root;
}
