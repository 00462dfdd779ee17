import { createPollActivities, type IntegrationContext } from '@darkroom/integration-sdk/worker';
import { definition } from '../definition.ts';
import { generationHandler } from '../generation-handler.ts';
import type { Settings } from '../settings.ts';

/** The activities of image generation: `nanoBananaSubmit`, `nanoBananaPoll` and so on. */
export function createImageActivities(context: IntegrationContext<Settings>) {
  const handlers = { 'text-to-image': generationHandler, 'image-to-image': generationHandler };
  return createPollActivities({ definition, name: 'nanoBanana', handlers, context });
}
