import type { FailureCode } from '@darkroom/contract';
import { isTakenInVain } from '../expected-end.ts';
import { type Fault, faults, onlyTasks } from './fault.ts';

const ends = (kind: string, title: string, code: FailureCode): Fault => ({
  title,
  deliveries: onlyTasks,
  plans: ({ prompt }) => [{ match: prompt, fault: { kind } }],
  expected: () => isTakenInVain(code),
});

/** The task ends badly, or never. */
export const taskEnds = faults({
  task_failed: ends('task_failed', 'the task fails', 'provider_failed'),
  task_expired: ends('task_expired', 'the provider gives the task up', 'provider_expired'),
  task_cancelled: ends('task_cancelled', 'the provider cancels the task by itself', 'provider_failed'),
  task_without_result: ends('empty_result', 'the task succeeds without a result', 'provider_failed'),
  task_never_ends: {
    ...ends('never_ends', 'the task never ends', 'timed_out'),
    hasty: () => true,
  },
});
