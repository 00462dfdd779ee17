import { preset } from '../../jest.preset.mjs';

export default { ...preset, displayName: 'main-e2e' };
