import { createCallActivities, type IntegrationContext } from '@darkroom/integration-sdk/worker';
import { definition, type Settings } from '../definition.ts';
import { fromProviderResponse } from '../from-provider-response.ts';
import { toProviderRequest } from '../to-provider-request.ts';

/** The activities of the example, under the names that its workflow calls them by. */
export function createExampleActivities(context: IntegrationContext<Settings>) {
  const { store, submitAndStore, report } = createCallActivities({
    definition,
    handlers: {
      'text-to-image': {
        toProviderRequest,
        fromProviderResponse,
        toOutput: ({ artifacts }) => ({ images: artifacts }),
      },
    },
    context,
  });
  return { generateExampleImage: submitAndStore, storeExampleImage: store, reportExampleCall: report };
}
