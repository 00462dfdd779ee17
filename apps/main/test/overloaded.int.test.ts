import { expect, test } from '@jest/globals';
import { setUpPublicApi } from './set-up-public-api.ts';
import { until } from './until.ts';

const api = setUpPublicApi(() => ({ maxEventLoopDelayMs: 50 }));

function keepBusy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('a process that comes behind says so and when to ask again, and answers once it has caught up', async () => {
  const refusal = await until(
    () => {
      keepBusy(300);
      return api.refused({ path: '/v1/calls', method: 'GET' });
    },
    ({ status }) => status === 503,
  );
  expect(refusal.body).toMatchObject({ code: 'overloaded', retryable: true });
  expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
  await until(
    () => api.request('/v1/calls'),
    ({ status }) => status === 200,
  );
});
