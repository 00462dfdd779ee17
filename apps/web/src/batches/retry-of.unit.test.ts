import { expect, test } from '@jest/globals';
import type { Batch } from '@darkroom/contract';
import { retryIdOf, retryOf } from './retry-of.ts';

test('a batch that was retried before leads to its retry, and its retry to none until it is retried too', () => {
  const first = aBatch({ id: 'bat_1' });
  const retry = aBatch({ id: 'bat_2', batchId: retryIdOf('bat_1') });
  const known = [retry, aBatch({ id: 'bat_3', batchId: 'of-an-application' }), first];

  expect([retryOf('bat_1', known)?.id, retryOf('bat_2', known), retryOf('bat_1', [first])]).toEqual([
    'bat_2',
    undefined,
    undefined,
  ]);
});

function aBatch(part: Partial<Batch>): Batch {
  return {
    id: 'bat_1',
    status: 'completed',
    strategy: 'parallel',
    maxConcurrent: 10,
    onFailure: 'continue',
    calls: { total: 1, pending: 0, processing: 0, completed: 0, failed: 1, cancelled: 0 },
    metadata: {},
    workflowId: 'bat_1',
    createdAt: '2026-11-28T10:00:00.000Z',
    urls: { self: 'http://localhost/1', events: 'http://localhost/1/events', calls: 'http://localhost/1/calls' },
    ...part,
  };
}
