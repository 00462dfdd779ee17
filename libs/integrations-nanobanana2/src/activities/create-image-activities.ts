import { createCallActivities, type IntegrationContext } from '@darkroom/integration-sdk/worker';
import { definition } from '../definition.ts';
import { generationHandler } from '../generation-handler.ts';
import type { Settings } from '../settings.ts';

/** The activities of image generation, under the names that the workflow calls them by. */
export function createImageActivities(context: IntegrationContext<Settings>) {
  const { submit, store, submitAndStore, report } = createCallActivities({
    definition,
    handlers: { 'text-to-image': generationHandler, 'image-to-image': generationHandler },
    context,
  });
  return {
    /** Claims the attempt, makes the paid request and hands the answer to the spool. */
    callNanobanana2Api: submit,
    /** Stores the images of a spooled answer and reports: nothing is paid again. */
    uploadImageToStorage: store,
    /** Both at once: what the workflow runs unless storage is away. */
    generateAndUploadImage: submitAndStore,
    /** Delivers a report that could not be delivered. */
    reportCall: report,
  };
}
