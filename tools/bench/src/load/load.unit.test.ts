import { expect, test } from '@jest/globals';
import { runAtRate } from './run-at-rate.ts';
import { runInFlight } from './run-in-flight.ts';
import { withinPatience } from './within-patience.ts';

const { signal } = new AbortController();
const never = () => new Promise<void>(() => undefined);

/** Fails the second time, while the first request is still under way. */
function failingSecond() {
  let requests = 0;
  return {
    request: async () => {
      requests += 1;
      if (requests === 2) throw new Error('refused');
      await never();
    },
    count: () => requests,
  };
}

test('a request at a fixed rate that fails ends the load with its reason, before those under way are answered', async () => {
  const { request, count } = failingSecond();
  await expect(runAtRate({ perSecond: 100, seconds: 60, signal }, request)).rejects.toThrow('refused');
  expect(count()).toBe(2);
});

test('a request in flight that fails ends the load with its reason, before those under way are answered', async () => {
  const { request, count } = failingSecond();
  await expect(runInFlight({ inFlight: 2, seconds: 60, signal }, request)).rejects.toThrow('refused');
  expect(count()).toBe(2);
});

test('after one that failed, nothing further is sent', async () => {
  let requests = 0;
  const other = Promise.withResolvers<void>();
  const request = async () => {
    requests += 1;
    if (requests === 1) await other.promise;
    else throw new Error('refused');
  };
  await expect(runInFlight({ inFlight: 2, seconds: 60, signal }, request)).rejects.toThrow('refused');
  other.resolve();
  await new Promise(setImmediate);
  expect(requests).toBe(2);
});

test('what is not answered in time is named', async () => {
  await expect(withinPatience('POST /posts', never(), { signal, seconds: 0.01 })).rejects.toThrow(
    'POST /posts was not answered within 0.01 s.',
  );
});

test('an interrupted run does not wait for what is under way', async () => {
  const interrupted = new AbortController();
  const run = runInFlight({ inFlight: 1, seconds: 60, signal: interrupted.signal }, never);
  interrupted.abort(new Error('interrupted'));
  await expect(run).rejects.toMatchObject({ cause: new Error('interrupted') });
});
