import { describe, expect, test } from '@jest/globals';
import { startableOperations } from './startable-operations.ts';

const draw = { name: 'draw', taskQueue: 'draw-tasks', operations: { image: { workflow: 'drawImage' } } };
const sing = { name: 'sing', taskQueue: 'sing-tasks', operations: { song: { workflow: 'singSong' } } };

describe('the operations that can be started', () => {
  test('are started on the queues of their integrations', () => {
    expect([...startableOperations([draw, sing])]).toEqual([
      ['draw/image', { workflowType: 'drawImage', taskQueue: 'draw-tasks' }],
      ['sing/song', { workflowType: 'singSong', taskQueue: 'sing-tasks' }],
    ]);
  });

  test('are started on TEMPORAL_TASK_QUEUE, where their worker takes them, if one integration is on', () => {
    expect(startableOperations([draw], 'mine').get('draw/image')?.taskQueue).toBe('mine');
  });

  test('refuse TEMPORAL_TASK_QUEUE where several integrations are on, and say what to do', () => {
    expect(() => startableOperations([draw, sing], 'mine')).toThrow(
      /TEMPORAL_TASK_QUEUE.*2 integrations are enabled \(draw, sing\).*ENABLED_INTEGRATIONS/s,
    );
  });
});
