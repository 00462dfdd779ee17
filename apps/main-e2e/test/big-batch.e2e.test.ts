import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Batch, batchSchema, type Call, callSchema, pageSchema } from '@darkroom/contract';
import { connectClient } from '@darkroom/platform-temporal';
import {
  createCallsClient,
  expectNoLeakedProcesses,
  startStack,
  type Stack,
  type StackProcess,
} from '@darkroom/testing';
import { until } from './until.ts';

const callCount = 1_000;
const maxConcurrent = 50;
const provable = 'text-to-image-callback';
const prompt = 'one of a thousand';

const keys = { big: 'key-of-the-big-one', small: 'key-of-the-small-one' };
const headersOf = (account: keyof typeof keys) => ({ authorization: `Bearer ${keys[account]}` });

describe('a batch of 1,000 calls', () => {
  let stack: Stack;

  beforeAll(async () => {
    const shared = { ENABLED_INTEGRATIONS: 'example' };
    const limits = { [`example/${provable}`]: { deadlineSeconds: 300, pollFirstSeconds: 20 } };
    stack = await startStack({
      denyList: '',
      mainEnvironment: {
        ...shared,
        OPERATION_LIMITS: JSON.stringify(limits),
        API_KEYS: Object.entries(keys)
          .map((pair) => pair.join(':'))
          .join(','),
      },
      workerEnvironment: shared,
    });
  }, 180_000);

  afterAll(async () => {
    await stack?.stop();
    await expectNoLeakedProcesses();
  }, 60_000);

  const ask = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...headersOf('big'), 'content-type': 'application/json' } });
  const submit = async (most: number, callOf: (index: number) => { operation: string; input: object }) => {
    const calls = Array.from({ length: callCount }, (_, index) => ({ integration: 'example', ...callOf(index) }));
    const body = JSON.stringify({ batchId: `a thousand, ${most} at once`, maxConcurrent: most, calls });
    return batchSchema.parse(await (await ask(`${stack.main.url}/v1/batches`, { method: 'POST', body })).json());
  };
  /** Undefined while `main` is away. */
  const read = async (url: string): Promise<Batch | undefined> => {
    try {
      const response = await ask(url);
      return response.ok ? batchSchema.parse(await response.json()) : undefined;
    } catch (error) {
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  };
  const untilBatch = (what: string, url: string, isThere: (batch: Batch) => boolean, seconds: number) =>
    until(
      what,
      async () => {
        const batch = await read(`${url}?wait=2`);
        return batch !== undefined && isThere(batch) && batch;
      },
      seconds,
    );

  const paidOf = async (match: string) => (await stack.control.submissions(match)).accepted;

  test('a small account is not stuck behind a batch of 1,000 of a big one', async () => {
    const [big, small] = ['a crowd of the big one', 'the one of the small one'];
    await stack.control.plan({ match: 'of the', latencyMs: 200, fixedImage: true });
    const input = { prompt: big };
    const { urls } = await submit(callCount, () => ({ operation: 'text-to-image', input }));
    await until('the batch has begun', async () => (await paidOf(big)) > 0);
    const client = createCallsClient(stack.main.url, headersOf('small'));
    const { id } = await client.submit({ prompt: small, integration: 'example' });
    const { startedAt = '' } = await client.waitForEnd(id, 120);
    const paidBefore = await paidOf(big);
    await ask(`${urls.self}/cancel`, { method: 'POST', body: '{}' });
    await untilBatch('the rest was cancelled', urls.self, ({ completedAt }) => completedAt !== undefined, 120);
    const startedBefore = (await callsOf(urls)).filter((call) => (call.startedAt ?? '9') < startedAt).length;
    expect(Math.max(startedBefore, paidBefore)).toBeLessThan(callCount / 4);
  }, 300_000);

  test('[P1] [P2] never exceeds 50 at the provider, and ends complete and paid once each after the worker and main are killed', async () => {
    const worker = stack.workers[0] as StackProcess;
    // The first fifty are accepted, and their answers are late: the worker that is killed then has heard of none of them. Who called
    // back proves that they are paid.
    const late = { latencyMs: 15_000, taskMs: 16_000 };
    await stack.control.plan({ match: prompt, times: maxConcurrent, fixedImage: true, ...late });
    await stack.control.plan({ match: prompt, latencyMs: 200, fixedImage: true });
    const { id, urls } = await submit(maxConcurrent, (index) => ({
      operation: index < maxConcurrent ? provable : 'text-to-image',
      input: { prompt: `${prompt}, number ${index}.` },
    }));

    await until('fifty are paid and none is answered', async () => (await paidOf(prompt)) === maxConcurrent);
    await worker.service.kill();
    await worker.start();
    await untilBatch('a third has ended', urls.self, ({ calls }) => calls.completed >= callCount / 3, 180);
    await stack.main.service.kill();
    await stack.main.start();
    const ended = await untilBatch('all have ended', urls.self, ({ completedAt }) => completedAt !== undefined, 240);

    expect(await failuresOf(urls)).toEqual([]);
    expect(ended).toMatchObject({
      status: 'completed',
      calls: { total: callCount, completed: callCount, pending: 0, processing: 0, failed: 0, cancelled: 0 },
    });
    const { accepted, received, maxUnderWay } = await stack.control.submissions(prompt);
    expect([accepted, received]).toEqual([callCount, callCount]);
    expect(maxUnderWay).toBe(maxConcurrent);
    expect(await countEvents(id)).toBeLessThan(100);
  }, 500_000);

  const callsOf = async ({ calls }: Batch['urls']) => {
    const items: Call[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await ask(`${calls}&limit=100${cursor && `&cursor=${cursor}`}`);
      const read = pageSchema(callSchema).parse(await page.json());
      items.push(...read.items);
      cursor = read.nextCursor;
    }
    return items;
  };

  /** What the logs of its failed calls say, for whoever reads a failure of this test. */
  const failuresOf = async (urls: Batch['urls']) => {
    const { items } = pageSchema(callSchema).parse(await (await ask(`${urls.calls}&status=failed`)).json());
    const client = createCallsClient(stack.main.url, headersOf('big'));
    return Promise.all(items.map(({ id }) => client.events(id)));
  };

  /** Of the batch's workflow, in its last run. */
  const countEvents = async (batchId: string) => {
    const { address, namespace } = stack.middleware.temporal;
    const temporal = connectClient({ address, namespace, identity: 'test' });
    try {
      const { historyLength } = await temporal.client.workflow.getHandle(batchId).describe();
      return historyLength;
    } finally {
      await temporal.close();
    }
  };
});
