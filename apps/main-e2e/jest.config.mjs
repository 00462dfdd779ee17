import { preset } from '../../jest.preset.mjs';

// These tests mostly wait for time-outs of the system, so two files at once cost little more than one, and so do many tests of one stack.
export default {
  ...preset,
  displayName: 'main-e2e',
  maxWorkers: 2,
  maxConcurrency: 20,
  testSequencer: '<rootDir>/slowest-first.mjs',
};
