import { createPollActivities, type IntegrationContext } from '@darkroom/integration-sdk/worker';
import { definition } from '../definition.ts';
import { generationHandler } from '../generation-handler.ts';
import type { Settings } from '../settings.ts';

/** The activities of video generation: `soraSubmit`, `soraPoll` and so on. */
export function createVideoActivities(context: IntegrationContext<Settings>) {
  const handlers = { 'text-to-video': generationHandler, 'image-to-video': generationHandler };
  return createPollActivities({ definition, name: 'sora', handlers, context });
}
