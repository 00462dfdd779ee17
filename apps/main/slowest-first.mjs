import { slowestFirst } from '../../tools/workspace-checks/jest/slowest-first.mjs';

export default slowestFirst([
  'slow-uploads.int',
  'large-bodies.int',
  'process.int',
  'temporal-away.int',
  'stale-calls.int',
  'retention-of-events.int',
  'advance-batch.int',
]);
