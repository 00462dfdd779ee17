import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openai } from './dialect-client.ts';
import { createPlan, readSubmissions } from './running-simulator.ts';
import { failToStart, startProcess, type SimulatorProcess } from './simulator-process.ts';

let dataDirectory: string;
let running: SimulatorProcess[];

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'darkroom-simulator-'));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((simulator) => simulator.end('SIGKILL')));
  await rm(dataDirectory, { recursive: true });
});

async function start(): Promise<SimulatorProcess> {
  const simulator = await startProcess({ SIMULATOR_DATA_DIR: dataDirectory, SIMULATOR_LATENCY_MS: '0' });
  running.push(simulator);
  return simulator;
}

async function end(simulator: SimulatorProcess, signal: NodeJS.Signals): Promise<number | null> {
  running = running.filter((other) => other !== simulator);
  return simulator.end(signal);
}

test('a submission that was accepted is still counted after the simulator was killed before its answer', async () => {
  const first = await start();
  await openai.ask(first.origin, 'answered before');
  await createPlan(first.origin, { match: 'in flight', fault: 'hang' });
  const cut = expect(openai.ask(first.origin, 'in flight')).rejects.toThrow('fetch failed');
  // What is told is told before it is written: only what is on the disk outlives a kill.
  const ledger = () => readFile(join(dataDirectory, 'submissions.jsonl'), 'utf8');
  while (!/"ended"[^]*in flight/.test(await ledger()));
  await end(first, 'SIGKILL');
  await cut;

  const second = await start();
  const { accepted, items } = await readSubmissions(second.origin);
  expect(accepted).toBe(2);
  expect(items.map(({ prompt, outcome }) => [prompt, outcome])).toEqual([
    ['answered before', 'answered'],
    ['in flight', 'interrupted'],
  ]);
});

test('a count that was reset stays reset after a kill', async () => {
  const first = await start();
  await openai.ask(first.origin, 'before');
  await fetch(`${first.origin}/control/submissions`, { method: 'DELETE' });
  await openai.ask(first.origin, 'after');
  await end(first, 'SIGKILL');
  const second = await start();
  expect((await readSubmissions(second.origin)).items.map(({ prompt }) => prompt)).toEqual(['after']);
});

test('a line that a crash cut short is dropped, and counting goes on', async () => {
  const first = await start();
  await openai.ask(first.origin, 'before');
  await end(first, 'SIGKILL');
  await appendFile(join(dataDirectory, 'submissions.jsonl'), '{"type":"received","submi');
  const second = await start();
  await openai.ask(second.origin, 'after');
  await end(second, 'SIGKILL');
  const third = await start();
  expect((await readSubmissions(third.origin)).items.map(({ prompt }) => prompt)).toEqual(['before', 'after']);
});

test('a file that an answer points to outlives the simulator', async () => {
  const first = await start();
  await createPlan(first.origin, { match: 'by url', delivery: 'url' });
  const answer = (await (await openai.ask(first.origin, 'by url')).json()) as { data: { url: string }[] };
  const { pathname } = new URL(answer.data[0]?.url ?? '');
  await end(first, 'SIGKILL');
  // On another port: the first one's may be somebody's by then.
  const second = await start();
  expect((await fetch(second.origin + pathname)).headers.get('content-type')).toBe('image/png');
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the simulator in order, even with a request in flight',
  async (signal) => {
    const simulator = await start();
    await createPlan(simulator.origin, { match: 'x', fault: 'hang' });
    const cut = expect(openai.ask(simulator.origin, 'x')).rejects.toThrow('fetch failed');
    while ((await readSubmissions(simulator.origin)).accepted === 0);
    expect(await end(simulator, signal)).toBe(0);
    await cut;
  },
);

test('a port that is taken ends the start with a message that names the variable', async () => {
  const { origin } = await start();
  const { code, message } = await failToStart({
    SIMULATOR_DATA_DIR: join(dataDirectory, 'other'),
    SIMULATOR_PORT: new URL(origin).port,
  });
  expect(code).toBe(78);
  expect(message).toContain(`SIMULATOR_PORT names port ${new URL(origin).port}, which is taken`);
});

test('wrong settings end the start with all of them at once', async () => {
  const { code, message } = await failToStart({
    SIMULATOR_PORT: 'many',
    SIMULATOR_LATENCY_MS: '-1',
    LOG_LEVEL: 'loud',
  });
  expect(code).toBe(78);
  for (const variable of ['SIMULATOR_PORT', 'SIMULATOR_LATENCY_MS', 'LOG_LEVEL']) expect(message).toContain(variable);
});
