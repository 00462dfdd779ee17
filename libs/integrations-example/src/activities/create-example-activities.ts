import { createCallActivities, type IntegrationContext } from '@darkroom/integration-sdk/worker';
import { callHandler } from '../call-handler.ts';
import { definition } from '../definition.ts';
import type { Settings } from '../settings.ts';

/** The activities of the example, under the names that its workflows call them by. */
export function createExampleActivities(context: IntegrationContext<Settings>) {
  const handlers = { 'text-to-image': callHandler };
  const { store, submitAndStore, report } = createCallActivities({ definition, handlers, context });
  return { generateExampleImage: submitAndStore, storeExampleImage: store, reportExampleCall: report };
}
