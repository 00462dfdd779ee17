import { preset } from '../../jest.preset.mjs';

// These tests mostly wait for time-outs of the system, so two files at once cost little more than one, and so do many tests of one stack.
export default {
  ...preset,
  displayName: 'main-e2e',
  maxWorkers: 2,
  maxConcurrency: 20,
  // As long as two of their waits, which are of 60 s where nothing is said.
  testTimeout: 120_000,
  testSequencer: '<rootDir>/slowest-first.mjs',
};
