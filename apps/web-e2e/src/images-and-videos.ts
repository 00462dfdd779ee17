import type { StackOptions } from '@darkroom/testing';

const integrations = { ENABLED_INTEGRATIONS: 'nanobanana2,sora' };
/** A video is looked for every second, not every ten. */
const OPERATION_LIMITS = JSON.stringify({ sora: { pollFirstSeconds: 1, pollIntervalSeconds: 1 } });

/** A stack that makes both. */
export const imagesAndVideos: StackOptions = {
  mainEnvironment: { ...integrations, OPERATION_LIMITS },
  workerEnvironment: integrations,
};
