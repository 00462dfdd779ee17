import type { TestObjectStore } from '@darkroom/testing';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Rig } from './rig.ts';
import { tinyCalls } from './tiny-calls.ts';
import { until } from './until.ts';
import { withFreshRig } from './with-fresh-rig.ts';

let rig: Rig;
let objectStore: TestObjectStore;

withFreshRig((fresh) => ({ rig, objectStore } = fresh));
const { submit, eventsOf, lastError } = tinyCalls(() => rig);

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
      message: expect.stringContaining('/input/images/1: '),
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
    await objectStore.stop();
    const submitting = submit(call, { stopping: stopping.signal });
    await until(() => eventsOf(call).length > 0);
    stopping.abort();
    expect(await submitting).toMatchObject({ status: 'waiting', for: 'storage' });
    expect(eventsOf(call)).toEqual([{ type: 'call.progress', data: { waitingFor: 'storage' } }]);
    expect(rig.main.call(call.callId).submissions).toEqual([]);
  });

  test('a call that waited for storage for too long fails, and says that nothing was paid', async () => {
    const call = rig.accept({ maxQueueSeconds: 0.1 });
    await objectStore.stop();
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
