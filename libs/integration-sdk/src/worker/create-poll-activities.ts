import type { IntegrationDefinition } from '../definition/define-integration.ts';
import type { PollHandlers, Settled } from './handlers-of.ts';
import type { IntegrationContext } from './integration-context.ts';
import type { PollActivities } from './poll-activities.ts';

/** Builds the activities of the delivery kinds `poll` and `callback` from an integration's handlers. */
export function createPollActivities<const Definition extends IntegrationDefinition, const Name extends string>({
  definition,
  name,
}: {
  definition: Definition;
  /** What the names of the activities begin with: the one that `createPollWorkflow` was given. */
  name: Name;
  handlers: PollHandlers<Definition>;
  context: IntegrationContext<Settled<Definition>>;
}): PollActivities<Name> {
  throw new Error(`The activities ${name} of ${definition.name} are not built yet.`);
}
