import type { MediaReference } from '@darkroom/contract';
import { createCallsClient, type CallsClient, type Stack, type StackProcess, startStack } from '@darkroom/testing';
import type { IntegrationDefinition, IntegrationSettings } from '../definition/define-integration.ts';
import type { ConformanceOperation, ConformanceVariant } from './conformance-options.ts';
import { bringPicture } from './bring-picture.ts';
import { openProviderGate, type ProviderGate } from './provider-gate.ts';

/** The whole system with one integration that believes it talks to its provider. */
export interface Stage {
  stack: Stack;
  worker: StackProcess;
  gate: ProviderGate;
  definition: IntegrationDefinition;
  /** Accepts calls with a short deadline. */
  hasty: CallsClient;
  /** Accepts calls that nobody looks at unless a callback or a refresh asks for it. */
  patient: CallsClient;
  /** The key that the worker sends: it must not appear anywhere. */
  apiKey: string;
  /** What else must not, by what it is for. */
  otherSecrets: Record<string, string>;
  /** Uploads a picture for an input. */
  bringPicture(): Promise<MediaReference>;
  /** Every process's log so far. */
  logs(): string;
  stop(): Promise<void>;
}

// A busy machine may take seconds to reach the provider, and to hear its callback.
const shortDeadline = { deadlineSeconds: 10 };
/** No play waits for it. */
const longDeadline = { deadlineSeconds: 900 };
const absenceProofSeconds = 2;
const lapseSeconds = 3;
const pollsPerSecond = 200;
/** Tasks of the simulator take less than a second. */
export const eagerLooks = {
  pollFirstSeconds: 0.3,
  pollIntervalSeconds: 0.5,
  pollWindowSeconds: 4,
  pollSlowIntervalSeconds: 1,
};
/** Late enough for a callback to be the first that tells. */
const lateLooks = { ...eagerLooks, pollFirstSeconds: 2.5 };
/** Longer than anybody waits for the end of a play. */
const noLooks = { pollFirstSeconds: 600 };

/** Starts everything once; the worker runs with the settings of the first variant. */
export async function setStage(
  definition: IntegrationDefinition,
  operations: readonly ConformanceOperation[],
  firstVariant: ConformanceVariant,
): Promise<Stage> {
  const gate = await openProviderGate();
  const apiKey = `conformance-${crypto.randomUUID()}`;
  const environment = {
    ...providerEnvironment({ definition, gate, apiKey }, firstVariant),
    MOCK_EXTERNAL_APIS: 'false',
  };
  const shared = { ...environment, ENABLED_INTEGRATIONS: definition.name };
  const limited = (more: object) => ({
    ...shared,
    OPERATION_LIMITS: JSON.stringify(limitsOf(definition, operations, more)),
  });
  const stack = await startStack({
    denyList: '',
    providerOrigin: gate.url,
    mainEnvironment: limited(longDeadline),
    workerEnvironment: {
      ...shared,
      ABSENCE_PROOF_SECONDS: String(absenceProofSeconds),
      PROVIDER_LAPSE_SECONDS: String(lapseSeconds),
      POLLS_PER_SECOND: String(pollsPerSecond),
    },
  }).catch(async (error: unknown) => {
    await gate.close();
    throw error;
  });
  gate.leadTo(stack.simulator.url);
  const stop = async () => {
    await stack.stop();
    await gate.close();
  };

  const [worker] = stack.workers;
  if (worker === undefined) throw new Error('The stack has no worker.');
  const [hastyMain, patientMain] = await Promise.all([
    stack.addMain(limited(shortDeadline)),
    stack.addMain(limited({ ...longDeadline, ...noLooks })),
  ]).catch(async (error: unknown) => {
    await stop();
    throw error;
  });

  return {
    stack,
    worker,
    gate,
    definition,
    hasty: createCallsClient(hastyMain.url),
    patient: createCallsClient(patientMain.url),
    apiKey,
    otherSecrets: otherSecretsOf(definition, environment, apiKey),
    bringPicture: () => bringPicture(stack),
    logs: () => [stack.main, hastyMain, patientMain, worker].map((process) => process.logs()).join('\n'),
    stop,
  };
}

function limitsOf(
  { name, operations: defined }: IntegrationDefinition,
  operations: readonly ConformanceOperation[],
  more: object,
): Record<string, object> {
  const looks = { call: {}, poll: eagerLooks, callback: lateLooks };
  return Object.fromEntries(
    operations.map(({ operation }) => {
      const delivery = defined[operation]?.delivery ?? 'call';
      return [`${name}/${operation}`, { ...looks[delivery], ...more }];
    }),
  );
}

/** Runs the worker with the settings of another variant. */
export async function changeVariant(stage: Stage, variant: ConformanceVariant): Promise<void> {
  await stage.worker.service.stop();
  await stage.worker.start(providerEnvironment(stage, variant));
}

/** What the simulator's accounts all have for a key: any other one will do as well. */
const anyKey = 'simulator';

/** The settings as an operator would set them: the simulator's, through the gate, with a key that can be looked for. */
function providerEnvironment(
  { definition, gate, apiKey }: Pick<Stage, 'definition' | 'gate' | 'apiKey'>,
  { settings: chosen = {} }: ConformanceVariant,
): Record<string, string> {
  const values: Record<string, string> = { ...definition.simulatorSettings(gate.url, chosen), ...chosen };
  return Object.fromEntries(
    Object.entries(allSettingsOf(definition)).map(([name, { variable, secret }]) => [
      variable,
      secret && values[name] === anyKey ? apiKey : (values[name] ?? ''),
    ]),
  );
}

/** `main` reads those of the callbacks. */
function allSettingsOf({ settings, callback }: IntegrationDefinition): IntegrationSettings {
  return { ...callback?.settings, ...settings };
}

function otherSecretsOf(
  definition: IntegrationDefinition,
  environment: Record<string, string>,
  apiKey: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.values(allSettingsOf(definition)).flatMap(({ variable, secret }) => {
      const value = environment[variable];
      return secret && value && value !== apiKey ? [[variable, value]] : [];
    }),
  );
}
