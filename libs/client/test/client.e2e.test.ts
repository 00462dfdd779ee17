import { execFile } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startStack, type Stack } from '@darkroom/testing';
import {
  type AccountEvent,
  artifactsOf,
  type Channel,
  type ChannelInUse,
  createDarkroom,
  type Darkroom,
  type StreamToken,
} from '../src/index.ts';
import { surroundingsOfPage } from './page-surroundings.ts';
import { patient } from './patient.ts';
import { clientFolder, readmeExamples } from './readme-examples.ts';
import { serveStreamTokens, type TokenServer } from './serve-stream-tokens.ts';
import { until } from './until.ts';

const run = promisify(execFile);
const examples = readmeExamples();

let stack: Stack;
let darkroom: Darkroom;
let directory: string;
/** A `main` that wants a key, on the same database; a page of the application has none. */
let keyedUrl: string;
let tokenServer: TokenServer;
const applicationKey = 'key-of-the-application';
const pageOrigin = 'https://app.example.com';

beforeAll(async () => {
  // Within the package, so that an example finds the client by its name.
  await mkdir(join(clientFolder, 'test-results'), { recursive: true });
  directory = await mkdtemp(join(clientFolder, 'test-results', 'readme-'));
  // No look at a video is due while a test runs.
  const limits = { sora: { pollFirstSeconds: 250 } };
  const enabled = { ENABLED_INTEGRATIONS: 'nanobanana2,sora' };
  stack = await startStack({
    communication: true,
    mainEnvironment: { ...enabled, OPERATION_LIMITS: JSON.stringify(limits) },
    workerEnvironment: enabled,
    communicationEnvironment: { STREAM_ALLOW_ORIGINS: pageOrigin },
  });
  const keyed = await stack.addMain({
    ...enabled,
    API_KEYS: `default:${applicationKey}`,
    PUBLIC_STREAM_URL: `${stack.communication.url}/v1/stream`,
  });
  keyedUrl = keyed.url;
  tokenServer = await serveStreamTokens(keyedUrl, applicationKey);
  darkroom = createDarkroom({ ...patient, baseUrl: stack.main.url });
});

afterAll(async () => {
  await tokenServer?.stop();
  await stack?.stop();
  await rm(directory, { recursive: true, force: true });
  await expectNoLeakedProcesses();
});

const lastCalls = async (limit: number) => (await darkroom.calls.list({ limit })).items;

describe('the examples of the README', () => {
  /** Runs an example in a process of its own, as its reader would, and answers the lines that it printed. */
  const output = async (number: number, mainUrl = stack.main.url, more = ''): Promise<string[]> => {
    const file = join(directory, `example-${number}.ts`);
    const code = `${examples[number - 1]?.code ?? ''}${more}`;
    const own = code.replaceAll('http://localhost:3000', mainUrl).replaceAll(pageOrigin, tokenServer.url);
    await writeFile(file, own);
    // A runner that wants colours in its own output would have the examples print coloured numbers.
    const env = { ...process.env, FORCE_COLOR: '0' };
    const { stdout } = await run(process.execPath, ['--conditions=@darkroom/source', file], { cwd: directory, env });
    return stdout.split('\n').filter((line) => line !== '');
  };

  test('are six', () => {
    expect(examples.map(({ title }) => title)).toEqual([
      '1. The first image',
      '2. Watch it come',
      '3. Edit a picture',
      '4. Many at once',
      '5. When something goes wrong',
      '6. On a page of your own',
    ]);
  });

  test('are typed without a cast', async () => {
    for (const [index, { code }] of examples.entries()) await writeFile(join(directory, `typed-${index + 1}.ts`), code);
    const compilerOptions = {
      ...{ noEmit: true, composite: false, lib: ['es2024', 'dom'] },
      ...{ allowImportingTsExtensions: true, rewriteRelativeImportExtensions: false },
    };
    const extended = join(clientFolder, '../../tsconfig.base.json');
    await writeFile(
      join(directory, 'tsconfig.json'),
      JSON.stringify({ extends: extended, compilerOptions, include: ['typed-*.ts'] }),
    );
    const { stdout } = await run('tsc', ['-p', directory]).catch((error: { stdout: string }) => error);

    expect(stdout).toBe('');
  });

  test('make the first image, and save its very bytes', async () => {
    await output(1);
    const images = (await readdir(directory)).filter((file) => file.endsWith('.png'));
    const [call] = await lastCalls(1);
    const [artifact] = artifactsOf(call ?? {});

    expect(images).toEqual([expect.stringContaining('a-lighthouse-at-dawn')]);
    const bytes = await readFile(join(directory, images[0] ?? ''));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(artifact?.sha256);
    await rename(join(directory, images[0] ?? ''), join(directory, 'lighthouse.png'));
  });

  test('[P4] watch a call in two parts, and see each of its events once and in order', async () => {
    const lines = await output(2);
    const [call] = await lastCalls(1);
    const { items } = await darkroom.calls.events(call?.id ?? '');

    expect(lines).toEqual(items.map(({ sequence, type }) => `${sequence} ${type}`));
    expect(lines.at(-1)).toContain('call.completed');
  });

  test('edit a picture', async () => {
    const printed = (await output(3)).join('\n');
    const [call] = await lastCalls(1);

    expect(printed).toContain('call.completed');
    expect(printed).toContain(artifactsOf(call ?? {})[0]?.url);
    expect(call).toMatchObject({ operation: 'image-to-image', status: 'completed' });
  });

  test('make many at once, and retry what failed', async () => {
    await stack.control.plan({ match: 'one tree in autumn', times: 1, fault: { kind: 'bad_request' } });
    const [summary, ...urls] = await output(4);
    const [retried] = await lastCalls(1);

    expect(summary).toBe('3 of 4 are there, 1 failed');
    expect(urls).toHaveLength(3);
    expect(retried).toMatchObject({ input: { prompt: 'one tree in autumn' }, retryOf: expect.any(String) });
  });

  test('say what went wrong, and cancel a call before it costs anything', async () => {
    const [result, code, message, ...faults] = await output(5);

    expect([result, code]).toEqual(['cancelled', 'invalid_request']);
    expect(message).toContain('/input/aspectRatio');
    expect(faults).toEqual([expect.stringMatching(/^\/input\/aspectRatio /)]);
    expect(await stack.control.submissions('a lighthouse at night')).toMatchObject({ received: 0 });
  });

  test('watch a call from a page that has no key', async () => {
    const input = { prompt: 'a lighthouse on a page' };
    const { id } = await darkroom.calls.create({ integration: 'nanobanana2', operation: 'text-to-image', input });
    const lines = await output(6, keyedUrl, `\nawait watch('${id}');\n`);
    const { items } = await darkroom.calls.events(id);

    expect(lines).toEqual(items.map(({ sequence, type }) => `${sequence} ${type}`));
    expect(lines.at(-1)).toContain('call.completed');
  });
});

describe('a page that has neither key nor session', () => {
  const wish = (prompt: string) => ({ integration: 'nanobanana2', operation: 'text-to-image', input: { prompt } });
  const tokenFor = async (subject: object): Promise<StreamToken> => {
    const answer = await fetch(tokenServer.url, { method: 'POST', body: JSON.stringify(subject) });
    return answer.json() as Promise<StreamToken>;
  };
  const pageOf = (origin: string, channel: Channel) =>
    createDarkroom({
      ...patient,
      baseUrl: keyedUrl,
      channels: [channel],
      streamToken: tokenFor,
      ...surroundingsOfPage(origin),
    });

  test.each<Channel>(['websocket', 'sse'])(
    '[P4] watches a call to its end by %s, across a restart of communication, and is refused all else',
    async (channel) => {
      const prompt = `watched by ${channel} from a page`;
      const { id } = await darkroom.calls.create(wish(prompt));
      const events: AccountEvent[] = [];
      const page = pageOf(pageOrigin, channel);
      const first = page.subscribe({ call: id, onEvent: (event) => events.push(event) });
      await until('the first has come', () => events.length > 0);
      await stack.communication.service.kill();
      await stack.communication.start();
      await first.finished;
      const { items } = await darkroom.calls.events(id);

      expect(events).toEqual(items);
      const again = page.subscribe({ call: id, after: first.lastSequence, onEvent: (event) => events.push(event) });
      await again.finished;
      expect(events).toEqual(items);
      const withoutKey = createDarkroom({ baseUrl: keyedUrl, streamToken: tokenFor });
      await expect(withoutKey.calls.get(id)).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
    },
  );

  test.each<Channel>(['websocket', 'sse'])('of a site that is not allowed gets nothing by %s', async (channel) => {
    const { id } = await darkroom.calls.run(wish(`kept from another site by ${channel}`));
    const events: AccountEvent[] = [];
    const used: ChannelInUse[] = [];
    const subscription = pageOf('https://elsewhere.example.com', channel).subscribe({
      call: id,
      onEvent: (event) => events.push(event),
      onChannel: (next) => used.push(next),
    });
    await until('it is away', () => used.includes('away'));
    subscription.close();
    await subscription.finished;

    expect([events, used.includes(channel)]).toEqual([[], false]);
  });
});

describe('against a real main', () => {
  test('a retry after a lost answer never creates a second call, and the provider is paid once', async () => {
    let lost = 0;
    const losing = createDarkroom({
      baseUrl: stack.main.url,
      async fetch(request) {
        const response = await fetch(request);
        if (request.method !== 'POST' || lost === 3) return response;
        lost += 1;
        throw new TypeError('The connection broke before the answer came.');
      },
    });
    const prompt = 'a picture whose answers were lost';
    const call = await losing.calls.run({ integration: 'nanobanana2', operation: 'text-to-image', input: { prompt } });

    expect(lost).toBe(3);
    expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1, received: 1 });
    expect((await lastCalls(2)).map(({ id }) => id === call.id)).toEqual([true, false]);
  });

  test('a call that failed is thrown with the reason and whether to make it again', async () => {
    await stack.control.plan({ match: 'refused by the provider', fault: { kind: 'bad_request' } });
    const input = { prompt: 'refused by the provider' };
    const running = darkroom.calls.run({ integration: 'nanobanana2', operation: 'text-to-image', input });

    await expect(running).rejects.toMatchObject({
      name: 'DarkroomError',
      code: 'call_failed',
      retryable: false,
      call: { status: 'failed', error: { code: expect.any(String) } },
    });
  });

  test('a refresh has the provider looked at now, long before the next look is due', async () => {
    const prompt = 'a lighthouse in a storm';
    await stack.control.plan({ match: prompt, taskMs: 600_000 });
    const { id } = await darkroom.calls.create({ integration: 'sora', operation: 'text-to-video', input: { prompt } });
    await stack.waitFor(id, ({ submissions }) => submissions.accepted === 1);
    const submission = async () => (await stack.control.submissions(prompt)).items[0];
    await stack.control.finishTask((await submission())?.taskId ?? 'no task');

    // It does not wait for the look: how the call is answered depends on who is faster.
    expect((await darkroom.calls.refresh(id)).id).toBe(id);
    expect(await darkroom.calls.wait(id)).toMatchObject({ status: 'completed' });
    expect((await submission())?.polls?.count).toBe(1);
    // One that has ended is answered as it is.
    expect(await darkroom.calls.refresh(id)).toMatchObject({ id, status: 'completed' });
  });

  test('a wish that names no provider says what is not honoured', async () => {
    const call = await darkroom.requests.run({ type: 'image', prompt: 'a lighthouse', steps: 30 });

    expect(call.request?.notHonoured.map(({ field }) => field)).toContain('steps');
    expect(artifactsOf(call)).toHaveLength(1);
  });

  test('the integrations describe what they take', async () => {
    const integration = await darkroom.integrations.get('nanobanana2');

    expect((await darkroom.integrations.list()).map(({ name }) => name)).toContain('nanobanana2');
    expect(integration.operations.map(({ name }) => name)).toContain('image-to-image');
  });
});

describe('events by push', () => {
  const wish = (prompt: string) => ({ integration: 'nanobanana2', operation: 'text-to-image', input: { prompt } });
  const follow = (channels: Channel[]) => {
    const events: AccountEvent[] = [];
    const used: ChannelInUse[] = [];
    const client = createDarkroom({
      ...patient,
      baseUrl: stack.main.url,
      channels,
      polling: { intervalSeconds: 0.2, times: 1_000 },
    });
    const subscription = client.subscribe({
      account: true,
      after: 'latest',
      onEvent: (event) => events.push(event),
      onChannel: (channel) => used.push(channel),
    });
    const uses = (channel: Channel) => until(`${channel} is used`, () => subscription.channel === channel);
    const close = () => {
      subscription.close();
      return subscription.finished;
    };
    return { events, used, subscription, uses, close };
  };
  const logAfter = async (after: number) => (await darkroom.events.list({ after, limit: 1000 })).items;

  test('[P4] the same, in the same order, whichever way they come', async () => {
    const channels: Channel[] = ['websocket', 'sse', 'polling'];
    const followers = channels.map((channel) => follow([channel]));
    await Promise.all(followers.map(({ uses }, index) => uses(channels[index] ?? 'polling')));
    const begin = followers[0]?.subscription.lastSequence ?? 0;
    await Promise.all(['one', 'two', 'three'].map((number) => darkroom.calls.run(wish(`picture ${number} of three`))));
    const log = await logAfter(begin);
    await until('all have come', () => followers.every(({ events }) => events.length >= log.length));
    await Promise.all(followers.map(({ close }) => close()));

    expect(log.filter(({ type }) => type === 'call.completed')).toHaveLength(3);
    for (const { events } of followers) expect(events).toEqual(log);
  });

  test('[P4] polling takes over while communication is away, push comes back, and a restart of main in between costs no event', async () => {
    const { events, used, subscription, uses, close } = follow(['websocket', 'sse', 'polling']);
    await uses('websocket');
    const begin = subscription.lastSequence;
    await darkroom.calls.run(wish('before anything was killed'));
    await stack.communication.service.kill();
    await uses('polling');
    await darkroom.calls.run(wish('while communication was away'));
    await stack.main.service.kill();
    await stack.main.start();
    await stack.communication.start();
    await uses('websocket');
    await darkroom.calls.run(wish('when all was back'));
    const log = await logAfter(begin);
    await until('all have come', () => events.length >= log.length);
    await close();

    expect(log.filter(({ type }) => type === 'call.completed')).toHaveLength(3);
    expect(events).toEqual(log);
    const inTurn = used.filter((channel) => channel === 'websocket' || channel === 'polling');
    expect([inTurn[0], inTurn.at(-1)]).toEqual(['websocket', 'websocket']);
    expect(inTurn).toContain('polling');
  });

  test('a token that is about to expire is renewed on its connection, and events go on', async () => {
    const heard: string[] = [];
    const tokens: string[] = [];
    class HeardWebSocket extends WebSocket {
      constructor(url: string | URL) {
        super(url);
        heard.push('connected');
        this.addEventListener('message', ({ data }) => heard.push((JSON.parse(String(data)) as { type: string }).type));
      }
    }
    const client = createDarkroom({
      ...patient,
      baseUrl: stack.main.url,
      channels: ['websocket'],
      WebSocket: HeardWebSocket,
      async fetch(request) {
        const response = await fetch(request);
        if (new URL(request.url).pathname !== '/v1/tokens') return response;
        const answer = (await response.json()) as { token: string };
        if (tokens.length === 0) answer.token = nearItsEnd(answer.token, stack.place.internalToken);
        tokens.push(answer.token);
        return Response.json(answer, { status: response.status });
      },
    });
    const events: AccountEvent[] = [];
    const subscription = client.subscribe({ account: true, after: 'latest', onEvent: (event) => events.push(event) });
    await until('the new token is taken', () => heard.includes('renewed'));
    await darkroom.calls.run(wish('behind a token that was renewed'));
    await until('its end has come', () => events.some(({ type }) => type === 'call.completed'));
    subscription.close();
    await subscription.finished;

    const notices = heard.filter((type) => !['event', 'heartbeat'].includes(type));
    expect(notices).toEqual(['connected', 'subscribed', 'token_expiring', 'renewed']);
    expect(new Set(tokens).size).toBe(2);
  });
});

/** The same token, as it would be shortly before it expires: its connection is told so at once. */
function nearItsEnd(token: string, secret: string): string {
  const [head = '', claims = ''] = token.split('.');
  const now = Math.floor(Date.now() / 1000);
  const aged = {
    ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object),
    iat: now - 270,
    exp: now + 30,
  };
  const signed = `${head}.${Buffer.from(JSON.stringify(aged)).toString('base64url')}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
