import type { SettingsOf } from '../../src/index.ts';
import { createCallActivities, createPollActivities, type IntegrationContext } from '../../src/worker/index.ts';
import { definition } from './definition.ts';
import { handler } from './handler.ts';
import { paintHandler } from './paint-handler.ts';

export function createActivities(context: IntegrationContext<SettingsOf<typeof definition.settings>>) {
  const { submit, store, submitAndStore, report } = createCallActivities({
    definition,
    handlers: { draw: handler },
    context,
  });
  return {
    askForDrawing: submit,
    storeDrawing: store,
    drawAndStore: submitAndStore,
    reportCall: report,
    ...createPollActivities({ definition, name: 'paint', handlers: { paint: paintHandler }, context }),
  };
}
