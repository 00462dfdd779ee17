import { createCallsClient, type CallsClient, type Stack, type StackProcess, startStack } from '@darkroom/testing';
import type { IntegrationDefinition, OperationDefinition } from '../definition/define-integration.ts';
import type { ConformanceOptions, ConformanceVariant } from './conformance-options.ts';
import { loadDefinition } from './load-definition.ts';
import { openProviderGate, type ProviderGate } from './provider-gate.ts';

/** The whole system with one integration that believes it talks to its provider. */
export interface Stage {
  stack: Stack;
  worker: StackProcess;
  gate: ProviderGate;
  definition: IntegrationDefinition;
  operationName: string;
  operation: OperationDefinition;
  /** Accepts calls with a short deadline. */
  hasty: CallsClient;
  /** The key that the worker sends: it must not appear anywhere. */
  apiKey: string;
  /** Every process's log so far. */
  logs(): string;
  stop(): Promise<void>;
}

const shortDeadlineSeconds = 3;

/** Starts everything once; the worker runs with the settings of the first variant. */
export async function setStage(options: ConformanceOptions, firstVariant: ConformanceVariant): Promise<Stage> {
  const definition = await loadDefinition(options.package);
  const operation = definition.operations[options.operation];
  if (operation === undefined) throw new Error(`${options.package} has no operation "${options.operation}".`);

  const gate = await openProviderGate();
  const apiKey = `conformance-${crypto.randomUUID()}`;
  const shared = {
    MOCK_EXTERNAL_APIS: 'false',
    ENABLED_INTEGRATIONS: definition.name,
    OUTBOUND_ALLOW_ORIGINS: gate.url,
  };
  const stack = await startStack({
    denyList: '',
    mainEnvironment: shared,
    workerEnvironment: { ...shared, ...providerEnvironment({ definition, gate, apiKey }, firstVariant) },
  }).catch(async (error: unknown) => {
    await gate.close();
    throw error;
  });
  gate.leadTo(stack.simulator.url);

  const [worker] = stack.workers;
  if (worker === undefined) throw new Error('The stack has no worker.');
  const limits = { [`${definition.name}/${options.operation}`]: { deadlineSeconds: shortDeadlineSeconds } };
  const hastyMain = await stack.addMain({ ...shared, OPERATION_LIMITS: JSON.stringify(limits) });

  return {
    stack,
    worker,
    gate,
    definition,
    operationName: options.operation,
    operation,
    hasty: createCallsClient(hastyMain.url),
    apiKey,
    logs: () => [stack.main, hastyMain, worker].map((process) => process.logs()).join('\n'),
    stop: async () => {
      await stack.stop();
      await gate.close();
    },
  };
}

/** Runs the worker with the settings of another variant. */
export async function changeVariant(stage: Stage, variant: ConformanceVariant): Promise<void> {
  await stage.worker.service.stop();
  await stage.worker.start(providerEnvironment(stage, variant));
}

/** The settings as an operator would set them: the simulator's, through the gate, with a key that can be looked for. */
function providerEnvironment(
  { definition, gate, apiKey }: Pick<Stage, 'definition' | 'gate' | 'apiKey'>,
  { settings: chosen = {} }: ConformanceVariant,
): Record<string, string> {
  const values: Record<string, string> = { ...definition.simulatorSettings(gate.url, chosen), ...chosen };
  return Object.fromEntries(
    Object.entries(definition.settings).map(([name, { variable, secret }]) => [
      variable,
      secret ? apiKey : (values[name] ?? ''),
    ]),
  );
}
