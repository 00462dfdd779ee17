import { expect, test } from '@jest/globals';
import { checkReadiness } from './check-readiness.ts';

const up = () => Promise.resolve();
const away = () => Promise.reject(new Error('connection refused'));

test.each([
  ['ready', 'redis', 'without it only news come late'],
  ['degraded', 'storage', 'calls wait for it'],
  ['not_ready', 'postgres', 'nothing can be accepted'],
])('is %s while %s is away, and shows it: %s', async (status, name) => {
  const checks = { postgres: up, storage: up, redis: up, [name]: away };

  expect(await checkReadiness(checks)).toMatchObject({
    status,
    dependencies: { [name]: { status: 'down', detail: 'connection refused' } },
  });
});
