import { expect, test } from '@jest/globals';
import { historyQueues } from './history-queues.ts';

test('retention looks at the queues of calls, of asynchronous tasks, declared or not, and of the platform, each once', () => {
  const operations = new Map([
    ['draw/image', { taskQueue: 'draw-tasks' }],
    ['draw/poster', { taskQueue: 'draw-tasks' }],
  ]);
  const tasks = { taskQueues: ['draw-async-tasks', 'queue-of-its-own'] };
  expect(historyQueues({ operations, tasks, asyncTasks: 'async-tasks', platform: 'platform-tasks' })).toEqual([
    'draw-tasks',
    'draw-async-tasks',
    'queue-of-its-own',
    'async-tasks',
    'platform-tasks',
  ]);
});
