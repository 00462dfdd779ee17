import type { IntegrationContext } from '@darkroom/integration-sdk/worker';
import type { Settings } from '../settings.ts';
import { createContactSheet } from './contact-sheet.ts';
import { createTaskStates } from './task-states.ts';

/** Asynchronous tasks: work of the integration that fits no delivery kind. */
export function createExampleTasks(context: IntegrationContext<Settings>) {
  return [createContactSheet(context), createTaskStates(context)] as const;
}
