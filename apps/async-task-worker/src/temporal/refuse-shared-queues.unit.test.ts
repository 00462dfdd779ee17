import { describe, expect, test } from '@jest/globals';
import { refuseSharedQueues } from './refuse-shared-queues.ts';

describe('task queues', () => {
  test('that are each of one integration are fine', () => {
    expect(() =>
      refuseSharedQueues([
        { packageName: 'a', taskQueue: 'a-tasks' },
        { packageName: 'b', taskQueue: 'b-tasks' },
      ]),
    ).not.toThrow();
  });

  test('that two integrations share are refused, and both are named', () => {
    expect(() =>
      refuseSharedQueues([
        { packageName: 'a', taskQueue: 'tasks' },
        { packageName: 'b', taskQueue: 'tasks' },
      ]),
    ).toThrow('a and b have the same task queue "tasks"');
  });

  test('that asynchronous tasks share with each other are fine, and one that they share with an integration is refused', () => {
    const integrations = [{ packageName: 'a', taskQueue: 'tasks' }];
    expect(() =>
      refuseSharedQueues(integrations, [{ taskQueue: 'async-tasks' }, { taskQueue: 'async-tasks' }]),
    ).not.toThrow();
    expect(() => refuseSharedQueues(integrations, [{ taskQueue: 'async-tasks' }, { taskQueue: 'tasks' }])).toThrow(
      'a and the asynchronous tasks have the same task queue "tasks"',
    );
  });
});
