import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Batch, batchSchema, type Call, callSchema, notificationSchema, pageSchema } from '@darkroom/contract';
import { connectClient } from '@darkroom/platform-temporal';
import {
  createCallsClient,
  expectNoLeakedProcesses,
  isNoAnswer,
  startStack,
  type Stack,
  type StackProcess,
  until,
} from '@darkroom/testing';
import { bodyOf, type Receiver, startReceiver } from './receiver.ts';

const callCount = 1_000;
const maxConcurrent = 50;
const provable = 'text-to-image-callback';
const prompt = 'one of a thousand';

const keys = { big: 'key-of-the-big-one', small: 'key-of-the-small-one' };
const headersOf = (account: keyof typeof keys) => ({ authorization: `Bearer ${keys[account]}` });

describe('a batch of 1,000 calls', () => {
  let stack: Stack;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await startReceiver();
    const shared = { ENABLED_INTEGRATIONS: 'example' };
    const limits = { [`example/${provable}`]: { deadlineSeconds: 300, pollFirstSeconds: 20 } };
    stack = await startStack({
      denyList: '',
      allowOrigins: [receiver.origin],
      mainEnvironment: {
        ...shared,
        OPERATION_LIMITS: JSON.stringify(limits),
        API_KEYS: Object.entries(keys)
          .map((pair) => pair.join(':'))
          .join(','),
      },
      workerEnvironment: shared,
    });
  });

  afterAll(async () => {
    await receiver.stop();
    await stack?.stop();
    await expectNoLeakedProcesses();
  });

  const ask = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...headersOf('big'), 'content-type': 'application/json' } });
  const submit = async (
    most: number,
    callOf: (index: number) => { operation: string; input: object },
    subscription: object = {},
  ) => {
    const calls = Array.from({ length: callCount }, (_, index) => ({ integration: 'example', ...callOf(index) }));
    const body = JSON.stringify({
      batchId: `a thousand, ${most} at once`,
      maxConcurrent: most,
      calls,
      ...subscription,
    });
    return batchSchema.parse(await (await ask(`${stack.main.url}/v1/batches`, { method: 'POST', body })).json());
  };
  /** Undefined while `main` is away. */
  const read = async (url: string): Promise<Batch | undefined> => {
    try {
      const response = await ask(url);
      return response.ok ? batchSchema.parse(await response.json()) : undefined;
    } catch (error) {
      if (isNoAnswer(error)) return undefined;
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
    const { id, createdAt } = await client.submit({ prompt: small, integration: 'example' });
    const { status, startedAt } = await client.waitForEnd(id, 120);
    expect([status, await paidOf(small)]).toEqual(['completed', 1]);
    if (startedAt === undefined) throw new Error('A call that has completed has never started.');
    await ask(`${urls.self}/cancel`, { method: 'POST', body: '{}' });
    await untilBatch('the rest was cancelled', urls.self, ({ completedAt }) => completedAt !== undefined, 120);

    // How far the big one was before the small one came is the machine's affair; what went before it from then on is not.
    const most = callCount / 4;
    const startTimes = (await callsOf(urls)).map((call) => call.startedAt ?? 'never');
    const paidTimes = (await stack.control.submissions(big)).items.map(({ at }) => at);
    const [paid] = (await stack.control.submissions(small)).items;
    const countBefore = (times: string[], end = '') => times.filter((at) => at > createdAt && at < end).length;
    expect(startTimes.filter((at) => at > createdAt).length).toBeGreaterThan(most);
    expect(Math.max(countBefore(startTimes, startedAt), countBefore(paidTimes, paid?.at))).toBeLessThan(most);
  });

  test('[P1] [P2] never exceeds 50 at the provider, and ends complete, paid once each and told of once after the worker and main are killed', async () => {
    const worker = stack.workers[0] as StackProcess;
    // The first fifty are accepted, and their answers do not come before the worker is killed, which has heard of none of them then. Who
    // called back proves that they are paid.
    const late = { latencyMs: 300_000, taskMs: 600_000 };
    await stack.control.plan({ match: prompt, times: maxConcurrent, fixedImage: true, ...late });
    await stack.control.plan({ match: prompt, latencyMs: 200, fixedImage: true });
    const callOf = (index: number) => ({
      operation: index < maxConcurrent ? provable : 'text-to-image',
      input: { prompt: `${prompt}, number ${index}.` },
    });
    const { id, urls } = await submit(maxConcurrent, callOf, { webhook: { url: `${receiver.origin}/end` } });

    await until('fifty are paid and none is answered', async () => (await paidOf(prompt)) === maxConcurrent);
    await worker.service.kill();
    await worker.start();
    for (const { taskId = '' } of (await stack.control.submissions(prompt)).items)
      await stack.control.finishTask(taskId);
    await untilBatch('a third has ended', urls.self, ({ calls }) => calls.completed >= callCount / 3, 300);
    await stack.main.service.kill();
    await stack.main.start();
    const ended = await untilBatch('all have ended', urls.self, ({ completedAt }) => completedAt !== undefined, 400);

    expect(await failuresOf(urls)).toEqual([]);
    expect(ended).toMatchObject({
      status: 'completed',
      calls: { total: callCount, completed: callCount, pending: 0, processing: 0, failed: 0, cancelled: 0 },
    });
    const { accepted, received, maxUnderWay } = await stack.control.submissions(prompt);
    expect([accepted, received]).toEqual([callCount, callCount]);
    expect(maxUnderWay).toBe(maxConcurrent);
    expect(await countEvents(id)).toBeLessThan(100);
    await expectToldOnce(id);
  }, 850_000);

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

  /** Its end is one notification. That one may arrive more than once. */
  const expectToldOnce = async (batchId: string) => {
    const told = await receiver.waitFor('/end', 1);
    const answer = await ask(`${stack.main.url}/v1/notifications?batchId=${batchId}`);
    const { items } = pageSchema(notificationSchema).parse(await answer.json());
    const ofEnd = { type: 'batch.completed', data: { batchId } };
    for (const one of told) expect(bodyOf(one)).toMatchObject(ofEnd);
    expect(items.map(({ id, event: { type } }) => ({ id, type }))).toEqual([
      { id: told[0]?.headers['webhook-id'], type: ofEnd.type },
    ]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
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
