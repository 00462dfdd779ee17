import {
  booleanFromText,
  callbackSettings,
  defineSettings,
  emailSettings,
  type Environment,
  integerFromText,
  integrationsSettings,
  listFromText,
  type LoadedSettings,
  mainApiSettings,
  outboundSettings,
  portFromText,
  publicAddressSetting,
  readDotEnv,
  requestSettings,
  runtimeSettings,
  urlFromText,
} from '@darkroom/platform-config';
import { temporaryFilesSettings } from '@darkroom/platform-files';
import { loggingSettings } from '@darkroom/platform-logging';
import { s3Settings } from '@darkroom/platform-object-store';
import { platformQueueSettings, taskQueueSettings, temporalSettings } from '@darkroom/platform-temporal';
import { z } from 'zod';

const text = z.string().trim().min(1, 'must not be empty');

const workerSettings = defineSettings('Worker', {
  integrations: {
    variable: 'WORKER_INTEGRATIONS',
    schema: listFromText,
    presence: 'optional',
    description:
      'Those of the enabled integrations that this process runs, by name, separated by commas; all of them where it is not set.',
    example: 'nanobanana2',
  },
  runsPlatform: {
    variable: 'WORKER_PLATFORM_TASKS',
    schema: booleanFromText,
    default: 'true',
    description:
      "Whether this process takes Darkroom's own workflows too: batches, notifications and retention. At least one process has to.",
  },
  host: {
    variable: 'WORKER_HOST',
    schema: text,
    default: '127.0.0.1',
    description: "The address that the worker's health, readiness and metrics are bound to.",
  },
  port: {
    variable: 'WORKER_PORT',
    schema: portFromText,
    default: '3200',
    description: "The port of the worker's `/healthz`, `/readyz` and `/metrics`.",
  },
  resultsDirectory: {
    variable: 'RESULTS_DIR',
    schema: text,
    default: '.darkroom/results',
    description:
      'The spool: where the raw answer of a paid request is written before anything else is done with it. Put it on a disk that survives a restart. Successful answers of which nothing could be made are kept in its folder `unusable`, until you remove them.',
  },
  drainSeconds: {
    variable: 'SHUTDOWN_DRAIN_SECONDS',
    schema: integerFromText({ minimum: 0, maximum: 24 * 3600 }),
    presence: 'optional',
    description:
      'For how many seconds a stop waits for paid requests in flight; where it is not set, the longest deadline of an operation whose one request is slow, or of a submission in hand, and two minutes at least. Steps of asynchronous tasks are waited for as well, where it is not set as long as each may take. Looks at tasks are handed back at once.',
    example: '600',
  },
  absenceProofSeconds: {
    variable: 'ABSENCE_PROOF_SECONDS',
    schema: integerFromText({ minimum: 1, maximum: 3600 }),
    default: '60',
    description:
      "Over how many seconds a provider's list of tasks is asked, again and again, before a submission that got no answer counts as one that was not taken. Too few, and a task that its list shows late is paid for twice.",
  },
  lapseSeconds: {
    variable: 'PROVIDER_LAPSE_SECONDS',
    schema: integerFromText({ minimum: 1, maximum: 24 * 3600 }),
    default: '600',
    description:
      'For how many seconds a provider may not know a task that it took, or not have a result at the address that it names, before the task or the result counts as gone. Too few, and what is paid for is given up while the provider fails over.',
  },
  pollsPerSecond: {
    variable: 'POLLS_PER_SECOND',
    schema: integerFromText({ minimum: 1, maximum: 10_000 }),
    presence: 'optional',
    description:
      'How many looks in a second one set of credentials may make at its provider, in each worker process; where it is not set, what the integration declares, 20 by default.',
    example: '20',
  },
});

const publicSettings = defineSettings('Public address, as the worker tells it to providers', {
  baseUrl: publicAddressSetting,
});

/** Other names for the settings of the integration that makes requests: each goes to what IMAGE_PROVIDER or VIDEO_PROVIDER names. */
const requestProviderSettings = defineSettings('Requests, as the worker pays for them', {
  imageBaseUrl: {
    variable: 'IMAGE_API_BASE_URL',
    schema: text,
    presence: 'optional',
    description:
      'Another name for the address of the integration that IMAGE_PROVIDER names, as that integration wants it.',
    example: 'https://generativelanguage.googleapis.com/v1beta',
  },
  imageApiKey: {
    variable: 'IMAGE_API_KEY',
    schema: text,
    presence: 'optional',
    description:
      'Another name for the API key of the integration that IMAGE_PROVIDER names. After a change, the one before goes into the `…_PREVIOUS` of that integration.',
    secret: true,
  },
  videoBaseUrl: {
    variable: 'VIDEO_API_BASE_URL',
    schema: text,
    presence: 'optional',
    description:
      'Another name for the address of the integration that VIDEO_PROVIDER names, as that integration wants it.',
    example: 'https://generativelanguage.googleapis.com/v1beta',
  },
  videoApiKey: {
    variable: 'VIDEO_API_KEY',
    schema: text,
    presence: 'optional',
    description: 'Another name for the API key of the integration that VIDEO_PROVIDER names, like IMAGE_API_KEY.',
    secret: true,
  },
});

const simulatorSettings = defineSettings('Provider simulator', {
  url: {
    variable: 'SIMULATOR_URL',
    schema: urlFromText(),
    default: 'http://127.0.0.1:3900',
    description: 'Where the provider simulator is; used with MOCK_EXTERNAL_APIS=true.',
  },
});

/** What has to be known before the integrations can be collected. */
export const collectionGroups = {
  runtime: runtimeSettings,
  integrations: integrationsSettings,
  requests: requestSettings,
  requestProviders: requestProviderSettings,
  worker: workerSettings,
  taskQueue: taskQueueSettings,
  platformQueue: platformQueueSettings,
  simulator: simulatorSettings,
};

/** Everything that the worker reads from its environment, beside the settings of the integrations that it runs. */
export const settingsGroups = {
  ...collectionGroups,
  mainApi: mainApiSettings,
  public: publicSettings,
  callbacks: callbackSettings,
  outbound: outboundSettings,
  email: emailSettings,
  s3: s3Settings,
  temporal: temporalSettings,
  temporaryFiles: temporaryFilesSettings,
  logging: loggingSettings,
};

export type CollectionConfig = LoadedSettings<typeof collectionGroups>;
export type Config = LoadedSettings<typeof settingsGroups>;

/**
 * Under `node --watch` every thread reports the modules that it loads. Temporal's SDK takes such a message of its workflow
 * threads for one of its own and the process ends, so threads that start after this call report nothing.
 */
export function keepWatchReportsToThisThread(): void {
  delete process.env['WATCH_REPORT_DEPENDENCIES'];
}

/** Libraries that write temporary files by themselves (libvips does, for large images) write them there: it removes them with the process. */
export function sendTemporaryFilesTo(directory: string): void {
  process.env['TMPDIR'] = directory;
}

/** The environment of this process, completed by `.env`. */
export function readEnvironment(): Environment {
  return readDotEnv(process.cwd(), process.env);
}
