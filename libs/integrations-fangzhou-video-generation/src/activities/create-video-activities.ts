import { createPollActivities, type IntegrationContext } from '@darkroom/integration-sdk/worker';
import { definition } from '../definition.ts';
import type { Settings } from '../settings.ts';
import { videoHandler } from '../video-handler.ts';

/** The activities of video generation: `videoGenerationSubmit`, `videoGenerationPoll` and so on. */
export function createVideoActivities(context: IntegrationContext<Settings>) {
  const handlers = { 'text-to-video': videoHandler, 'image-to-video': videoHandler };
  return createPollActivities({ definition, name: 'videoGeneration', handlers, context });
}
