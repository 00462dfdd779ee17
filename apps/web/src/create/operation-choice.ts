import type { Integration, IntegrationOperation } from '@darkroom/contract';
import { fieldsFor, toFormModel } from './form-model.ts';

/** What a person wants to make. */
export const makings = ['image', 'edit', 'video'] as const;
export type Making = (typeof makings)[number];

/** An operation with the integration that does it. */
export interface OperationChoice {
  integration: Integration;
  operation: IntegrationOperation;
  making: Making;
}

/** Every operation that calls can be made for now, in the order of the integrations. */
export function listChoices(integrations: readonly Integration[]): OperationChoice[] {
  return integrations
    .filter(({ enabled }) => enabled)
    .flatMap((integration) =>
      integration.operations.map((operation) => ({ integration, operation, making: makingOf(operation) })),
    );
}

/** Finds the chosen operation; another of the same making where it is gone, so that a person is never left without a form. */
export function findChoice(
  choices: readonly OperationChoice[],
  {
    making,
    integration,
    operation,
  }: { making: Making; integration: string | undefined; operation: string | undefined },
): OperationChoice | undefined {
  const ofMaking = choices.filter((choice) => choice.making === making);
  const ofIntegration = ofMaking.filter((choice) => choice.integration.name === integration);
  return (
    ofIntegration.find((choice) => choice.operation.name === operation) ?? ofIntegration[0] ?? ofMaking[0] ?? choices[0]
  );
}

/** A video is a video however it begins; an image that needs others is an edit of them. */
export function makingOf(operation: Pick<IntegrationOperation, 'name' | 'takesRequests' | 'inputSchema'>): Making {
  if (operation.takesRequests === 'video' || /video/.test(operation.name)) return 'video';
  const takesImages = fieldsFor(toFormModel(operation.inputSchema), {}).some(
    (field) => field.kind === 'media' && !field.isMask,
  );
  return takesImages ? 'edit' : 'image';
}
