import { preset, sharedMiddleware } from '../../jest.preset.mjs';

export default { ...preset, ...sharedMiddleware, displayName: 'integration-sdk' };
