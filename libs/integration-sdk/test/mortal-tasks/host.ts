import { createServer } from 'node:http';
import { quietRuntime } from '../quiet-runtime.ts';
import { startTasks } from '../task-stage.ts';
import { fiveSteps } from './five-steps.ts';
import { payOnce } from './pay-once.ts';

/** A process that runs the tasks until it is killed. */
const { TEMPORAL_ADDRESS = '', TASK_QUEUE = '', PORT = '' } = process.env;

quietRuntime();
const component = await startTasks({ address: TEMPORAL_ADDRESS, namespace: 'default' }, [fiveSteps, payOnce], {
  taskQueue: TASK_QUEUE,
});
const health = createServer((_request, response) => response.end('{}')).listen(Number(PORT), '127.0.0.1');

process.once('SIGTERM', () => {
  health.close();
  void component.stop();
});
