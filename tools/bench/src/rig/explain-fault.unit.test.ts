import { expect, test } from '@jest/globals';
import { explainFault } from './explain-fault.ts';

test('a fault is told with which processes have ended, and what each printed last', () => {
  const fault = new Error('throughput: floor, warm-up: A request was not answered within 300 s.');
  const many = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join('\n');
  const explained = explainFault(fault, [
    { name: 'floor-api', isRunning: () => false, logs: () => `${many}\n` },
    { name: 'main', isRunning: () => true, logs: () => '' },
  ]);
  expect(explained.cause).toBe(fault);
  expect(explained.message.split('\n')).toEqual([
    fault.message,
    'floor-api has ended; its last lines:',
    ...Array.from({ length: 10 }, (_, index) => `    line ${index + 3}`),
    'main is running; it printed nothing.',
  ]);
});
