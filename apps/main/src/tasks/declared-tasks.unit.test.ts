import { expect, test } from '@jest/globals';
import { absent, tiny } from '../../test/tiny-tasks.ts';
import { connectTasks } from './declared-tasks.ts';

test('tasks tell their queues, those of disabled integrations left out, also while Temporal is away', async () => {
  const temporal = { address: '127.0.0.1:1', namespace: 'default' };
  const tasks = await connectTasks({ definitions: [tiny, absent], enabled: [tiny], temporal });
  expect(tasks.taskQueues).toEqual(['tiny-async-tasks', 'queue-of-nobody']);
  await tasks.stop();
});
