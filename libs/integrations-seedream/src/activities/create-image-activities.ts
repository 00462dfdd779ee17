import { createCallActivities, type IntegrationContext } from '@darkroom/integration-sdk/worker';
import { definition } from '../definition.ts';
import { imageHandler } from '../image-handler.ts';
import type { Settings } from '../settings.ts';

/** The activities of image generation, under the names that the workflow calls them by. */
export function createImageActivities(context: IntegrationContext<Settings>) {
  const { store, submitAndStore, report } = createCallActivities({
    definition,
    handlers: { 'text-to-image': imageHandler, 'image-to-image': imageHandler },
    context,
  });
  return { generateSeedreamImages: submitAndStore, storeSeedreamImages: store, reportSeedreamCall: report };
}
