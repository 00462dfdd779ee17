import { preset, sharedMiddleware } from '../../jest.preset.mjs';

// Longer than a condition is waited for.
export default { ...preset, ...sharedMiddleware, displayName: 'integration-sdk', testTimeout: 120_000 };
