import { preset, sharedMiddleware, twoAtOnce } from '../../jest.preset.mjs';

export default {
  ...preset,
  ...sharedMiddleware,
  ...twoAtOnce,
  displayName: 'main',
  testSequencer: '<rootDir>/slowest-first.mjs',
};
