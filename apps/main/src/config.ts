import {
  booleanFromText,
  callbackSettings,
  ConfigurationError,
  defineSettings,
  emailFaults,
  emailSettings,
  integerFromText,
  integrationsSettings,
  type Environment,
  type LoadedSettings,
  outboundSettings,
  portFromText,
  publicAddressSetting,
  readDotEnv,
  readSettings,
  requestSettings,
  runtimeFaults,
  runtimeSettings,
  type SettingFault,
  tokenSettings,
} from '@darkroom/platform-config';
import { temporaryFilesSettings } from '@darkroom/platform-files';
import { loggingSettings } from '@darkroom/platform-logging';
import { s3Settings } from '@darkroom/platform-object-store';
import { postgresSettings } from '@darkroom/platform-postgres';
import { redisSettings } from '@darkroom/platform-redis';
import { platformQueueSettings, taskQueueSettings, temporalSettings } from '@darkroom/platform-temporal';
import { z } from 'zod';
import { accessFaults } from './access/access-faults.ts';
import { apiKeysFromText } from './access/api-keys.schema.ts';
import { limitsOverrulesFromText } from './integrations/operation-limits-overrules.schema.ts';
import { notificationSettings } from './notifications/notification-settings.ts';
import { retentionSettings } from './retention/retention-settings.ts';
import { pageSettings } from './page/page-settings.ts';
import { pushSettings } from './tokens/push-settings.ts';

const serverSettings = defineSettings('HTTP API', {
  host: {
    variable: 'HOST',
    schema: z.string().trim().min(1),
    default: '127.0.0.1',
    description: 'The address that the public API is bound to. Anything but a loopback address requires API keys.',
  },
  port: { variable: 'PORT', schema: portFromText, default: '3000', description: 'The port of the public API.' },
  publicBaseUrl: publicAddressSetting,
});

const internalServerSettings = defineSettings('Internal API', {
  host: {
    variable: 'INTERNAL_HOST',
    schema: z.string().trim().min(1),
    default: '127.0.0.1',
    description: 'The address that the internal API and /metrics are bound to.',
  },
  port: {
    variable: 'INTERNAL_PORT',
    schema: portFromText,
    default: '3100',
    description: 'The port of the internal API and of /metrics.',
  },
  token: {
    variable: 'INTERNAL_TOKEN',
    schema: z.string().min(16, 'must have at least 16 characters'),
    description: 'The secret that the other processes send to the internal API.',
    secret: true,
  },
});

const accessSettings = defineSettings('Access', {
  apiKeys: {
    variable: 'API_KEYS',
    schema: apiKeysFromText,
    default: '',
    description:
      'Who may use the public API: `account:key`, separated by commas; keys of at least 8 characters. Hashed at start.',
    secret: true,
  },
  requireApiKey: {
    variable: 'REQUIRE_API_KEY',
    schema: booleanFromText,
    presence: 'optional',
    description:
      'Whether a request needs an API key. Unset: true in production, where API_KEYS is set, and where HOST is no loopback address. False is refused in production and where HOST is no loopback address; otherwise requests without a key act for the account `default`, and only those that come from this machine and not through a proxy or another web site.',
  },
});

const callsSettings = defineSettings('Calls', {
  limitsOverrules: {
    variable: 'OPERATION_LIMITS',
    schema: limitsOverrulesFromText,
    default: '{}',
    description:
      "Overrules the operations' own limits for calls that are accepted from now on: JSON by `<integration>` or `<integration>/<operation>`.",
    example: '{"nanobanana2":{"whenOutcomeUnknown":"fail","deadlineSeconds":300}}',
  },
  storageRetrySeconds: {
    variable: 'STORAGE_RETRY_WINDOW',
    schema: integerFromText({ minimum: 1, maximum: 30 * 24 * 3600 }),
    default: '86400',
    description:
      'For how many seconds a paid result is tried to be stored, before the call fails with `storage_unavailable`.',
  },
});

const uploadSettings = defineSettings('Uploads', {
  maxBytes: {
    variable: 'MAX_UPLOAD_BYTES',
    schema: integerFromText({ minimum: 1024, maximum: 1024 * 1024 * 1024 }),
    default: String(200 * 1024 * 1024),
    description: 'The largest upload in bytes. Images are limited to 31457280 (30 MB) besides.',
  },
});

/** Everything that `main` reads from its environment. */
export const settingsGroups = {
  runtime: runtimeSettings,
  server: serverSettings,
  internalServer: internalServerSettings,
  access: accessSettings,
  tokens: tokenSettings,
  push: pushSettings,
  page: pageSettings,
  callbacks: callbackSettings,
  uploads: uploadSettings,
  notifications: notificationSettings,
  email: emailSettings,
  integrations: integrationsSettings,
  requests: requestSettings,
  calls: callsSettings,
  outbound: outboundSettings,
  postgres: postgresSettings,
  redis: redisSettings,
  s3: s3Settings,
  temporal: temporalSettings,
  taskQueue: taskQueueSettings,
  platformQueue: platformQueueSettings,
  retention: retentionSettings,
  temporaryFiles: temporaryFilesSettings,
  logging: loggingSettings,
};

export type Config = LoadedSettings<typeof settingsGroups>;

/** Libraries that write temporary files by themselves (libvips does, for large images) write them there: it removes them with the process. */
export function sendTemporaryFilesTo(directory: string): void {
  process.env['TMPDIR'] = directory;
}

/** The environment of this process, completed by `.env`. */
export function readEnvironment(): Environment {
  return readDotEnv(process.cwd(), process.env);
}

/** Reads and checks all settings; a fault in any of them is a ConfigurationError that lists them all. */
export function readConfig(environment: Environment): Config {
  const reading = readSettings(settingsGroups, environment);
  if (reading.status === 'faulty') throw new ConfigurationError(reading.faults);
  const faults = faultsBetween(reading.settings);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return reading.settings;
}

function faultsBetween({ runtime, server, access, email }: Config): SettingFault[] {
  const inProduction = runtime.environment === 'production';
  return [
    ...accessFaults({ ...access, host: server.host, inProduction }),
    ...runtimeFaults(runtime),
    ...emailFaults(email),
  ];
}
