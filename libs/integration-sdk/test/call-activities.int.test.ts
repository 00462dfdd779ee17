import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallWorkflowInput } from '@darkroom/contract';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { callActivityResultSchema, type SubmitInput } from '../src/call/call-activity.schema.ts';
import { sweepLocalSpool, sweepMainSpool } from '../src/worker/index.ts';
import { activityOf, followCall } from './follow-call.ts';
import { workersKilledAt } from './kill-at.ts';
import { openRig, type Rig, secret, type TinyContext } from './rig.ts';
import { createActivities } from './tiny/activities.ts';

let middleware: TestMiddleware;
let rig: Rig;

beforeAll(async () => {
  middleware = await startTestMiddleware({ objectStore: true });
});
afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});
beforeEach(async () => {
  await middleware.objectStore.start();
  rig = await openRig(middleware.objectStore);
});
afterEach(() => rig.close());

async function submit(call: CallWorkflowInput, more: Partial<TinyContext> = {}, given: Partial<SubmitInput> = {}) {
  const context = await rig.newContext(more);
  const { drawAndStore } = createActivities(context);
  const result = await activityOf(call.callId, 'run').run(drawAndStore, {
    call,
    attempt: 1,
    reportNumber: 1,
    sentBefore: 0,
    again: false,
    ...given,
  });
  return callActivityResultSchema.parse(result);
}

const eventsOf = ({ callId }: CallWorkflowInput) => rig.main.call(callId).events;
const lastError = (call: CallWorkflowInput) => {
  const last = eventsOf(call).at(-1);
  return last?.type === 'call.failed' ? last.data.error : undefined;
};

describe('a submission', () => {
  test('claims, pays once, stores byte for byte and reports', async () => {
    const call = rig.accept();
    expect(await submit(call)).toMatchObject({ status: 'ended', reported: true });
    expect(eventsOf(call).map(({ type }) => type)).toEqual(['call.submitted', 'call.completed']);
    const [artifact] = rig.main.call(call.callId).artifacts;
    expect(artifact).toMatchObject({
      contentType: 'image/png',
      width: 64,
      height: 48,
      objectKey: `artifacts/default/${call.callId}/1-0.png`,
    });
    expect(Buffer.from((await rig.objectStore.get(artifact?.objectKey ?? '')) ?? []).equals(rig.image)).toBe(true);
    expect(rig.provider.paid).toBe(1);
  });

  test('that the provider refuses is tried again when its table says so', async () => {
    const call = rig.accept();
    rig.provider.answer = (_request, response) => void response.writeHead(429).end('{}');
    expect(await submit(call)).toMatchObject({ status: 'retry', afterSeconds: 0 });
    expect(eventsOf(call)).toMatchObject([
      { type: 'call.submission_refused', data: { attempt: 1, retryInSeconds: 0 } },
    ]);
  });

  test('[P2] that is refused at the limit leaves the call in doubt where an earlier one got no answer', async () => {
    const call = rig.accept({ maxSubmissions: 2, whenOutcomeUnknown: 'resubmit' });
    rig.provider.answer = (_request, response) => void response.socket?.destroy();
    expect(await submit(call)).toMatchObject({ status: 'retry' });
    rig.provider.answer = (_request, response) => void response.writeHead(429).end('{}');
    expect(await submit(call, {}, { attempt: 2, reportNumber: 2, sentBefore: 1 })).toMatchObject({ status: 'ended' });
    expect(eventsOf(call).map(({ type }) => type)).toEqual([
      'call.submission_unknown',
      'call.submission_refused',
      'call.failed',
    ]);
    expect(lastError(call)).toMatchObject({ code: 'submission_outcome_unknown', retryable: false });
  });

  test("whose answer holds a secret leaves the provider's words without it", async () => {
    const call = rig.accept();
    rig.provider.answer = (request, response) =>
      void response.writeHead(422).end(`key ${request.headers.authorization}`);
    await submit(call);
    expect(lastError(call)).toMatchObject({ code: 'content_rejected', message: 'Blocked: key [secret]' });
    expect(JSON.stringify(rig.main.call(call.callId))).not.toContain(secret);
  });

  test.each<[string, (image: Buffer) => Buffer]>([
    ['is truncated', (image) => image.subarray(0, image.length - 40)],
    ['is no image', () => Buffer.from('sorry')],
    ['is empty', () => Buffer.alloc(0)],
  ])('whose result %s ends with provider_response_invalid', async (_name, change) => {
    const call = rig.accept();
    rig.provider.answer = (_request, response) => void response.writeHead(200).end(change(rig.image));
    await submit(call);
    expect(lastError(call)).toMatchObject({ code: 'provider_response_invalid' });
    expect(rig.main.call(call.callId).submissions).toMatchObject([{ outcome: 'accepted' }]);
  });

  test('whose answer nothing could be made of keeps that answer, where no sweep takes it', async () => {
    const call = rig.accept();
    rig.provider.answer = (_request, response) => void response.writeHead(200).end('paid, and not read');
    await submit(call);
    expect(lastError(call)).toMatchObject({ code: 'provider_response_invalid' });
    expect(await readdir(rig.spoolDirectory)).toEqual(['unusable']);
    const unusable = join(rig.spoolDirectory, 'unusable');
    const [name = ''] = await readdir(unusable);
    expect(name).toContain(`${call.callId}.1.`);
    expect(await readFile(join(unusable, name), 'utf8')).toContain('paid, and not read');
  });

  test('whose image was stored, or that was refused, leaves nothing on the disk', async () => {
    await submit(rig.accept());
    rig.provider.answer = (_request, response) => void response.writeHead(400).end('{}');
    await submit(rig.accept());
    expect(await readdir(rig.spoolDirectory)).toEqual([]);
  });

  test('whose answer is too long was paid once, and is not made again', async () => {
    const call = rig.accept({ whenOutcomeUnknown: 'resubmit' });
    rig.provider.answer = (_request, response) => {
      response.on('error', () => undefined).writeHead(200, { 'content-length': 61 * 1024 ** 2 });
      response.write('x');
    };
    expect(await submit(call)).toMatchObject({ status: 'ended' });
    expect(lastError(call)).toMatchObject({ code: 'result_unavailable', retryable: false });
    expect(rig.main.call(call.callId).submissions).toMatchObject([{ outcome: 'accepted' }]);
    expect(rig.provider.paid).toBe(1);
  });

  test('that gets no answer until its deadline is in doubt, not timed out', async () => {
    const call = rig.accept({ deadlineSeconds: 0.3, whenOutcomeUnknown: 'resubmit' });
    rig.provider.answer = () => undefined;
    await submit(call);
    expect(lastError(call)).toMatchObject({ code: 'submission_outcome_unknown' });
    expect(rig.provider.paid).toBe(1);
  });

  test('keeps an answer that the integration cannot read, for a version that can', async () => {
    const call = rig.accept();
    rig.provider.answer = (_request, response) =>
      void response.writeHead(200, { 'x-result-url': 'http://[broken' }).end();
    const context = await rig.newContext({
      guardedHttp: { download: () => Promise.reject(new Error('a bug')) },
    });
    const { drawAndStore } = createActivities(context);
    const result = await activityOf(call.callId, 'run').run(drawAndStore, {
      call,
      attempt: 1,
      reportNumber: 1,
      sentBefore: 0,
      again: false,
    });
    expect(result).toMatchObject({ status: 'spooled' });
    expect(rig.main.call(call.callId).spool.size).toBe(1);
  });

  test('downloads a result from its address once, and keeps it with the answer', async () => {
    const call = rig.accept();
    const imageUrl = `${rig.provider.url}image.png`;
    let downloads = 0;
    rig.provider.answer = (request, response) => {
      if (request.method === 'POST') return void response.writeHead(200, { 'x-result-url': imageUrl }).end();
      downloads += 1;
      return void response.writeHead(200).end(rig.image);
    };
    const workers = workersKilledAt(rig, { port: 'objectStore', method: 'putIfAbsent', when: 'before' });
    await followCall(rig, call, workers);
    expect(rig.main.call(call.callId).status).toBe('completed');
    expect(downloads).toBe(1);
  });
});

describe('before anything is paid', () => {
  afterEach(() => expect(rig.provider.paid).toBe(0));

  test.each<[string, string, string]>([
    ['at a private address', 'http://169.254.169.254/latest', 'private'],
    ['at a private address in another spelling', 'http://2130706433/x.png', 'private'],
    ['that is no file', 'file:///etc/passwd', 'http'],
  ])('an input image %s is refused with its path', async (_name, image, reason) => {
    const call = rig.accept({}, { prompt: 'x', image });
    await submit(call);
    expect(lastError(call)).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('/input/image: '),
    });
    expect(lastError(call)?.message).toContain(reason);
    expect(rig.main.call(call.callId).submissions).toEqual([]);
  });

  test('a request that cannot be encoded fails before it is claimed', async () => {
    const call = rig.accept();
    const { providerHttp } = await rig.newContext();
    const encode = () => {
      throw new RangeError('Invalid string length');
    };
    await submit(call, { providerHttp: { ...providerHttp, encode } });
    expect(lastError(call)).toMatchObject({
      code: 'internal',
      message: expect.stringContaining('Invalid string length'),
    });
    expect(rig.main.call(call.callId).submissions).toEqual([]);
  });

  test('input images that are too large together are refused', async () => {
    const large = Buffer.concat([rig.image, Buffer.alloc(25 * 1024 ** 2)]);
    const guardedHttp = { download: async () => ({ kind: 'downloaded', bytes: large }) as const };
    const call = rig.accept(
      {},
      { prompt: 'x', images: ['https://a.example/1', 'https://a.example/2', 'https://a.example/3'] },
    );
    await submit(call, { guardedHttp });
    expect(lastError(call)).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('/input/images/2: '),
    });
    expect(rig.main.call(call.callId).submissions).toEqual([]);
  });

  test('an input that the operation does not take any more is refused', async () => {
    const call = rig.accept({}, { prompt: 3 });
    await submit(call);
    expect(lastError(call)).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('/input/prompt') });
  });

  test('a call waits while storage is away, says so once, and is handed back when the worker stops', async () => {
    const stopping = new AbortController();
    const call = rig.accept();
    await middleware.objectStore.stop();
    const submitting = submit(call, { stopping: stopping.signal });
    await until(() => eventsOf(call).length > 0);
    stopping.abort();
    expect(await submitting).toMatchObject({ status: 'waiting', for: 'storage' });
    expect(eventsOf(call)).toEqual([{ type: 'call.progress', data: { waitingFor: 'storage' } }]);
    expect(rig.main.call(call.callId).submissions).toEqual([]);
  });

  test('a call that waited for storage for too long fails, and says that nothing was paid', async () => {
    const call = rig.accept({ maxQueueSeconds: 0.1 });
    await middleware.objectStore.stop();
    await submit(call);
    expect(lastError(call)).toMatchObject({
      code: 'storage_unavailable',
      message: expect.stringContaining('Nothing was paid'),
    });
  });

  test('a call that waited in the queue for too long ends timed_out', async () => {
    const call = rig.accept(
      { maxQueueSeconds: 1 },
      { prompt: 'x' },
      { acceptedAt: new Date(Date.now() - 5_000).toISOString() },
    );
    await submit(call);
    expect(lastError(call)).toMatchObject({ code: 'timed_out' });
  });

  test('a worker that begins to stop claims nothing more', async () => {
    const call = rig.accept();
    expect(await submit(call, { stopping: AbortSignal.abort() })).toMatchObject({ status: 'waiting', for: 'worker' });
    expect(rig.main.call(call.callId).submissions).toEqual([]);
  });

  test('a call that has ended is left alone', async () => {
    const call = rig.accept();
    rig.main.call(call.callId).status = 'failed';
    expect(await submit(call)).toEqual({ status: 'stopped', reason: 'ended' });
  });

  test('a call that main does not know is left alone', async () => {
    const call = { ...rig.accept(), callId: 'call_01hzzzzzzzzzzzzzzzzzzzzzzz' };
    expect(await submit(call)).toEqual({ status: 'stopped', reason: 'unknown_call' });
  });
});

describe('[P2] a second execution of an attempt whose first one still works', () => {
  let answerNow: () => void;
  beforeEach(() => {
    const { answer } = rig.provider;
    const held = Promise.withResolvers<void>();
    answerNow = held.resolve;
    rig.provider.answer = (request, response) => void held.promise.then(() => answer(request, response));
  });
  afterEach(() => answerNow());

  const start = async (call: CallWorkflowInput, { drawAndStore }: ReturnType<typeof createActivities>) => {
    const run = (given: Partial<SubmitInput> = {}) =>
      activityOf(call.callId, 'run').run(drawAndStore, {
        call,
        attempt: 1,
        reportNumber: 1,
        sentBefore: 0,
        again: false,
        ...given,
      });
    const first = run();
    await until(() => rig.provider.paid === 1);
    return { first, run };
  };

  test('in the same process comes to the same result, paid once', async () => {
    const call = rig.accept({ whenOutcomeUnknown: 'resubmit' });
    const { first, run } = await start(call, createActivities(await rig.newContext()));
    rig.main.letPass(call.callId, 31);
    const second = run({ again: true, reportNumber: 2 });
    const afterReset = run();
    answerNow();
    expect(await second).toEqual(await first);
    expect(await afterReset).toEqual(await first);
    expect(await first).toMatchObject({ status: 'ended', reported: true, report: { reportId: 'run:1' } });
    expect(rig.provider.paid).toBe(1);
    expect(rig.main.call(call.callId).events.map(({ type }) => type)).toEqual(['call.submitted', 'call.completed']);
  });

  test('in another process waits while the first one says that it is alive, and follows it up once it is silent', async () => {
    const call = rig.accept({ whenOutcomeUnknown: 'resubmit' });
    const { first } = await start(call, createActivities(await rig.newContext()));
    const again = { again: true, reportNumber: 2 };
    const waiting = await submit(call, {}, again);
    expect(waiting).toMatchObject({ status: 'waiting', for: 'worker' });

    rig.main.letPass(call.callId, 31);
    await until(() => rig.main.lastSeenSecondsAgo(call.callId, 1) < 30, 20_000);
    expect(await submit(call, {}, again)).toMatchObject({ status: 'waiting', for: 'worker' });
    rig.main.letPass(call.callId, 31);
    expect(await submit(call, {}, again)).toMatchObject({ status: 'retry', sent: true });
    expect(rig.provider.paid).toBe(1);
    answerNow();
    await first;
  });

  test('is not overtaken by an input image that has expired meanwhile', async () => {
    const image = `${rig.provider.url}image.png`;
    const { answer } = rig.provider;
    rig.provider.answer = (request, response) => {
      if (request.method === 'POST') return answer(request, response);
      rig.provider.paid -= 1;
      return void response.writeHead(200).end(rig.image);
    };
    const call = rig.accept({}, { prompt: 'x', image });
    const { first } = await start(call, createActivities(await rig.newContext()));
    const guardedHttp = { download: async () => ({ kind: 'gone', reason: 'The address has expired.' }) as const };
    expect(await submit(call, { guardedHttp })).toMatchObject({ status: 'waiting', for: 'worker' });
    expect(eventsOf(call)).toEqual([]);
    answerNow();
    expect(await first).toMatchObject({ status: 'ended' });
    expect(rig.main.call(call.callId).status).toBe('completed');
  });
});

describe('while main is away', () => {
  test('nothing is sent without an answer to the claim', async () => {
    const call = rig.accept();
    rig.main.away = true;
    const submitting = submit(call);
    await until(() => rig.main.asked >= 3);
    expect(rig.provider.paid).toBe(0);
    rig.main.away = false;
    expect(await submitting).toMatchObject({ status: 'ended', reported: true });
    expect(rig.provider.paid).toBe(1);
  });

  test('a worker that stops hands back what nothing was paid for, and does not wait for main', async () => {
    const stopping = new AbortController();
    const call = rig.accept();
    rig.main.away = true;
    const submitting = submit(call, { stopping: stopping.signal });
    await until(() => rig.main.asked >= 2);
    stopping.abort();
    expect(await submitting).toMatchObject({ status: 'waiting', for: 'worker' });
    const followingUp = submit(call, { stopping: stopping.signal }, { again: true, reportNumber: 2 });
    expect(await followingUp).toMatchObject({ status: 'waiting', for: 'worker' });
    expect(rig.provider.paid).toBe(0);
  });

  test('storage is looked at again before a claim that had no answer is repeated', async () => {
    const call = rig.accept();
    rig.main.away = true;
    const fault = { now: undefined as string | undefined };
    const storageHealth = { findFault: async () => fault.now, tookWrite: () => undefined, failed: () => undefined };
    const submitting = submit(call, { storageHealth });
    await until(() => rig.main.asked >= 1);
    fault.now = 'storage is away';
    const { asked } = rig.main;
    await until(() => rig.main.asked > asked);
    rig.main.away = false;
    await until(() => eventsOf(call).length > 0);
    expect(eventsOf(call)).toEqual([{ type: 'call.progress', data: { waitingFor: 'storage' } }]);
    expect(rig.main.call(call.callId).submissions).toEqual([]);
    fault.now = undefined;
    expect(await submitting).toMatchObject({ status: 'ended' });
    expect(rig.provider.paid).toBe(1);
  });

  test('the spool that is full keeps submissions waiting, unpaid', async () => {
    const call = rig.accept();
    rig.main.spoolIsFull = true;
    const submitting = submit(call);
    await until(() => eventsOf(call).length > 0);
    expect(rig.provider.paid).toBe(0);
    rig.main.spoolIsFull = false;
    expect(await submitting).toMatchObject({ status: 'ended' });
  });
});

describe('what lost workers left on the disk', () => {
  const killedWithAnswer = async (call: CallWorkflowInput) => {
    const workers = workersKilledAt(rig, { port: 'localSpool', method: 'write', when: 'after' });
    const { value: worker } = await workers.next();
    const { drawAndStore } = createActivities(worker.context);
    void activityOf(call.callId, randomUUID()).run(drawAndStore, {
      call,
      attempt: 1,
      reportNumber: 1,
      sentBefore: 0,
      again: false,
    });
    await worker.killed;
  };
  const sweep = async () => {
    const context = await rig.newContext();
    createActivities(context);
    await sweepLocalSpool(context);
    return context;
  };

  test('goes to main where its workflow still waits for it', async () => {
    const call = rig.accept();
    await killedWithAnswer(call);
    const { localSpool } = await sweep();
    expect(rig.main.call(call.callId).spool.size).toBe(1);
    expect(await localSpool.read({ callId: call.callId, attempt: 1 })).toBeUndefined();
    expect(await submit(call, {}, { again: true, reportNumber: 2 })).toMatchObject({
      status: 'spooled',
      submittedReported: false,
    });
  });

  test('is stored beside a call that has ended', async () => {
    const call = rig.accept();
    await killedWithAnswer(call);
    rig.main.call(call.callId).status = 'failed';
    const { localSpool } = await sweep();
    const { lateArtifacts, status, submissions } = rig.main.call(call.callId);
    expect(status).toBe('failed');
    expect(submissions).toMatchObject([{ outcome: 'accepted' }]);
    expect(lateArtifacts).toHaveLength(1);
    expect(Buffer.from((await rig.objectStore.get(lateArtifacts[0]?.objectKey ?? '')) ?? []).equals(rig.image)).toBe(
      true,
    );
    expect(await localSpool.read({ callId: call.callId, attempt: 1 })).toBeUndefined();
  });

  test('ends a call that had given the submission up and is busy with another one', async () => {
    const call = rig.accept({ whenOutcomeUnknown: 'resubmit' });
    await killedWithAnswer(call);
    const known = rig.main.call(call.callId);
    for (const submission of known.submissions) submission.outcome = 'unknown';
    await sweep();
    expect(known.events.map(({ type }) => type)).toEqual(['call.submission_reconciled', 'call.completed']);
    expect(rig.provider.paid).toBe(1);
  });

  test('stays where it is while main is away', async () => {
    const call = rig.accept();
    await killedWithAnswer(call);
    rig.main.away = true;
    const { localSpool } = await sweep();
    expect(await localSpool.read({ callId: call.callId, attempt: 1 })).toBeDefined();
  });

  test('is no more when the disk is gone too, and then nobody can know', async () => {
    const call = rig.accept();
    await killedWithAnswer(call);
    await rm(rig.spoolDirectory, { recursive: true });
    rig.main.letPass(call.callId, 31);
    await submit(call, {}, { again: true, reportNumber: 2 });
    expect(lastError(call)).toMatchObject({ code: 'submission_outcome_unknown' });
  });
});

describe('what waits in the spool of main', () => {
  const parked = async () => {
    const call = rig.accept();
    const objectStore = { ...rig.objectStore, putIfAbsent: () => Promise.reject(new Error('storage is away')) };
    expect(await submit(call, { objectStore })).toMatchObject({ status: 'spooled' });
    return call;
  };
  const sweep = async (more: Partial<TinyContext> = {}) => {
    const context = await rig.newContext(more);
    createActivities(context);
    await sweepMainSpool(context);
  };

  test('is stored beside its call where the workflow that would have stored it is gone', async () => {
    const call = await parked();
    rig.main.call(call.callId).status = 'failed';
    await sweep();
    const { lateArtifacts, spool } = rig.main.call(call.callId);
    expect(lateArtifacts).toHaveLength(1);
    expect(Buffer.from((await rig.objectStore.get(lateArtifacts[0]?.objectKey ?? '')) ?? []).equals(rig.image)).toBe(
      true,
    );
    expect(spool.size).toBe(0);
    expect(rig.provider.paid).toBe(1);
  });

  test('is forgotten where its call was completed with it', async () => {
    const call = await parked();
    rig.main.call(call.callId).status = 'completed';
    await sweep();
    const { lateArtifacts, spool } = rig.main.call(call.callId);
    expect([lateArtifacts.length, spool.size]).toEqual([0, 0]);
  });

  test('stays where its workflow still waits for storage, and while storage is away', async () => {
    const call = await parked();
    await sweep();
    expect(rig.main.call(call.callId).spool.size).toBe(1);
    rig.main.call(call.callId).status = 'failed';
    await middleware.objectStore.stop();
    await sweep();
    expect(rig.main.call(call.callId)).toMatchObject({ lateArtifacts: [] });
    expect(rig.main.call(call.callId).spool.size).toBe(1);
  });
});

async function until(condition: () => boolean, withinMs = 10_000): Promise<void> {
  for (const giveUpAt = Date.now() + withinMs; !condition();) {
    if (Date.now() > giveUpAt) throw new Error(`What the test waits for did not happen within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
