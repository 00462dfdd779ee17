import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort, type TestService } from '@darkroom/testing';
import { Pool } from 'undici';
import { z } from 'zod';
import { expectStatus, getJson, postJson } from '../rig/json-requests.ts';
import { startReadyService } from '../rig/start-ready-service.ts';

/** The clients of a stream, in processes of their own, so that they take no turn of a server's or of the load's. */
export interface Readers {
  readonly services: readonly TestService[];
  /** Opens a connection for each list of messages, says them, and resolves when each was answered. */
  open(url: string, messagesOfEach: readonly (readonly string[])[]): Promise<void>;
  /** Says one message more on every connection, and resolves when all are answered. */
  sayOnAll(message: string): Promise<void>;
  /** Waits until so many events have come, and takes them. Rejects where fewer or more come. */
  take(count: number, signal: AbortSignal): Promise<TakenEvents>;
  close(): Promise<void>;
  stop(): Promise<void>;
}

export interface TakenEvents {
  /** From the recording of each event to its receipt. */
  readonly latenciesMs: number[];
  /** Of one message, on average. */
  readonly bytesEach: number;
}

const takenSchema = z.object({ latenciesMs: z.array(z.number()), bytes: z.number() });
const countSchema = z.object({ received: z.number() });
/** So long thousands of connections may take to be opened. */
const openingMs = 120_000;
const lookEveryMs = 100;
const patienceMs = 30_000;

export async function startReaders(processes: number): Promise<Readers> {
  const services: TestService[] = [];
  const stopAll = async () => void (await Promise.all(services.map((service) => service.stop())));
  try {
    for (let index = 0; index < processes; index += 1) services.push(await startReader(index));
  } catch (error) {
    await stopAll();
    throw error;
  }
  const pools = services.map(({ url }) => new Pool(url, { connections: 1, headersTimeout: openingMs }));
  const tellAll = async (path: string, bodyOf: (index: number) => unknown) =>
    Promise.all(
      pools.map(async (pool, index) => {
        const answer = await postJson(pool, path, { headers: {}, body: bodyOf(index) });
        expectStatus(answer, 200);
        return answer.body;
      }),
    );

  return {
    services,
    async open(url, messagesOfEach) {
      const turn = (index: number) => messagesOfEach.filter((_, connection) => connection % processes === index);
      await tellAll('/open', (index) => ({ url, messagesOfEach: turn(index) }));
    },
    sayOnAll: async (message) => void (await tellAll('/say', () => ({ message }))),
    async take(count, signal) {
      await untilReceived(pools, count, signal);
      const taken = (await tellAll('/take', () => ({}))).map((body) => takenSchema.parse(body));
      const latenciesMs = taken.flatMap((part) => part.latenciesMs);
      if (latenciesMs.length !== count) throw new Error(`${latenciesMs.length} events came, and not ${count}.`);
      return { latenciesMs, bytesEach: taken.reduce((sum, { bytes }) => sum + bytes, 0) / count };
    },
    close: async () => void (await tellAll('/close', () => ({}))),
    async stop() {
      await Promise.all(pools.map((pool) => pool.destroy()));
      await stopAll();
    },
  };
}

async function startReader(index: number): Promise<TestService> {
  const port = await findFreePort();
  const name = `reader-${index + 1}`;
  return startReadyService({ name, entry: 'tools/bench/src/push/reader.ts', env: { PORT: String(port) }, port });
}

async function untilReceived(pools: readonly Pool[], count: number, signal: AbortSignal): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const answers = await Promise.all(pools.map((pool) => getJson(pool, '/count', {})));
    const received = answers.reduce((sum, { body }) => sum + countSchema.parse(body).received, 0);
    if (received >= count) return;
    if (performance.now() > giveUpAt)
      throw new Error(`${received} of ${count} events have come, and the others are not waited for any more.`);
    await delay(lookEveryMs, undefined, { signal });
  }
}
