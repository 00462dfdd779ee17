import { preset } from '../../jest.preset.mjs';

// These tests mostly wait for pages and providers, so two files at once cost little more than one.
export default { ...preset, displayName: 'web-e2e', maxWorkers: 2 };
