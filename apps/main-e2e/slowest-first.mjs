import { slowestFirst } from '../../tools/workspace-checks/jest/slowest-first.mjs';

export default slowestFirst([
  'big-batch.e2e',
  'silent-for-a-while.e2e',
  'worker-killed.e2e',
  'two-hundred-calls.e2e',
  'readme.e2e',
]);
