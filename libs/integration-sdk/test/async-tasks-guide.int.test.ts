import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import type { AsyncTaskComponent } from '../src/tasks/index.ts';
import { countWords } from './guide/count-words.ts';
import { makeTrailer } from './guide/make-trailer.ts';
import { runTasks } from './guide/run-tasks.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { waitForStatus } from './task-stage.ts';
import { until } from './until.ts';

const guide = readFileSync(new URL('../../../docs/guides/async-tasks.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file = '', code = '']) => ({
  file,
  code,
}));

let middleware: TestMiddleware;
let component: AsyncTaskComponent;
let studio: Server;
let studioUrl: string;
const orders: string[] = [];
/** What the studio answers to the next orders of a kind, before it does what it is asked. */
const refusals = new Map<string, number[]>();

beforeAll(async () => {
  quietRuntime();
  studio = createServer((request, response) => {
    const work = request.url?.slice(1) ?? '';
    orders.push(work);
    const status = refusals.get(work)?.shift() ?? (work === 'missing' ? 404 : 200);
    response.writeHead(status).end(`the ${work} of it`);
  }).listen(0, '127.0.0.1');
  await until(() => studio.listening);
  studioUrl = `http://127.0.0.1:${(studio.address() as AddressInfo).port}`;
  middleware = await startTestMiddleware({ temporal: true });
  component = await runTasks(middleware.temporal.address);
});

afterAll(async () => {
  await component.stop();
  studio.closeAllConnections();
  studio.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

describe('the examples of the guide', () => {
  test('are the code that runs here', () => {
    expect(examples.map(({ file }) => file)).toEqual([
      'count-words.ts',
      'make-trailer.ts',
      'ask-studio.ts',
      'run-tasks.ts',
    ]);
  });

  test.each(examples)('$file is what it says', ({ file, code }) => {
    const source = readFileSync(new URL(`./guide/${file}`, import.meta.url), 'utf8');
    expect(code).toBe(source.replaceAll("'../../src/tasks/index.ts'", "'@darkroom/integration-sdk/tasks'"));
  });

  test('of one step answers a result, and a code of its own', async () => {
    const found = await waitForStatus(countWords, await countWords.submit({ url: `${studioUrl}/page` }));
    expect(found).toMatchObject({ status: 'completed', result: { words: 4 } });
    const missing = await waitForStatus(countWords, await countWords.submit({ url: `${studioUrl}/missing` }));
    expect(missing).toMatchObject({ status: 'failed', error: { code: 'no_page' } });
    expect(orders).toEqual(['page', 'missing']);
  });

  test('of five steps tries one again without the others, goes on without a voice, and is submitted once', async () => {
    orders.length = 0;
    refusals.set('storyboard', [503]).set('voice', [422]);
    const submit = () => makeTrailer.submit({ studioUrl, topic: 'tides' }, { taskId: 'trailer-1' });
    const status = await waitForStatus(makeTrailer, await submit());
    expect(status).toMatchObject({
      status: 'completed',
      result: { address: 'the publish/trailer-1 of it', voice: 'silent' },
      completedSteps: ['script', 'storyboard', 'render', 'publish'],
    });
    expect(await submit()).toBe('trailer-1');
    expect(orders).toEqual(['script', 'storyboard', 'storyboard', 'voice', 'render', 'publish/trailer-1']);
  });
});
