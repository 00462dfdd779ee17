import { createCallActivities, createPollActivities, type IntegrationContext } from '@darkroom/integration-sdk/worker';
import { callHandler } from '../call-handler.ts';
import { callbackHandler } from '../callback-handler.ts';
import { definition } from '../definition.ts';
import { pollHandler } from '../poll-handler.ts';
import type { Settings } from '../settings.ts';

/** The activities of the example, under the names that its workflows call them by. */
export function createExampleActivities(context: IntegrationContext<Settings>) {
  const handlers = { 'text-to-image': callHandler };
  const { store, submitAndStore, report } = createCallActivities({ definition, handlers, context });
  return {
    generateExampleImage: submitAndStore,
    storeExampleImage: store,
    reportExampleCall: report,
    ...createPollActivities({
      definition,
      name: 'exampleTask',
      handlers: { 'text-to-image-polled': pollHandler, 'text-to-image-callback': callbackHandler },
      context,
    }),
  };
}
