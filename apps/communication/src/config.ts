import {
  ConfigurationError,
  defineSettings,
  type Environment,
  integerFromText,
  listFromText,
  type LoadedSettings,
  mainApiSettings,
  portFromText,
  publicAddressSetting,
  readDotEnv,
  readSettings,
  runtimeFaults,
  runtimeSettings,
  tokenSettings,
} from '@darkroom/platform-config';
import { loggingSettings } from '@darkroom/platform-logging';
import { redisSettings } from '@darkroom/platform-redis';
import { z } from 'zod';

const text = z.string().trim().min(1, 'must not be empty');

const streamSettings = defineSettings('Streams', {
  host: {
    variable: 'COMMUNICATION_HOST',
    schema: text,
    default: '127.0.0.1',
    description: 'The address that `communication` is bound to.',
  },
  port: {
    variable: 'COMMUNICATION_PORT',
    schema: portFromText,
    default: '3001',
    description: 'The port of `GET /v1/stream`, as WebSocket and as server-sent events.',
  },
  internalHost: {
    variable: 'COMMUNICATION_INTERNAL_HOST',
    schema: text,
    default: '127.0.0.1',
    description: "The address that the metrics of `communication` are bound to. They count all accounts' events.",
  },
  internalPort: {
    variable: 'COMMUNICATION_INTERNAL_PORT',
    schema: portFromText,
    default: '3201',
    description: 'The port of the `/healthz`, `/readyz` and `/metrics` of `communication`.',
  },
  publicBaseUrl: publicAddressSetting,
  allowOrigins: {
    variable: 'STREAM_ALLOW_ORIGINS',
    schema: listFromText.pipe(
      z.array(z.url('expected origins such as https://app.example.com').transform((url) => new URL(url).origin)),
    ),
    default: '',
    description:
      "Origins whose pages may open streams, beside that of PUBLIC_BASE_URL, separated by commas: those of the applications' own pages.",
    example: 'https://app.example.com',
  },
  maxConnections: {
    variable: 'STREAM_MAX_CONNECTIONS',
    schema: integerFromText({ minimum: 1, maximum: 1_000_000 }),
    default: '20000',
    description: 'How many streams one process of `communication` keeps open; further ones are answered 503.',
  },
  maxConnectionsPerAccount: {
    variable: 'STREAM_MAX_CONNECTIONS_PER_ACCOUNT',
    schema: integerFromText({ minimum: 1, maximum: 1_000_000 }),
    default: '10000',
    description: 'How many of them one account may have.',
  },
  maxSubscriptions: {
    variable: 'STREAM_MAX_SUBSCRIPTIONS',
    schema: integerFromText({ minimum: 1, maximum: 100_000 }),
    default: '1000',
    description: 'How many calls and batches one WebSocket may follow.',
  },
});

/** Everything that `communication` reads from its environment. */
export const settingsGroups = {
  runtime: runtimeSettings,
  streams: streamSettings,
  mainApi: mainApiSettings,
  redis: redisSettings,
  tokens: tokenSettings,
  logging: loggingSettings,
};

export type Config = LoadedSettings<typeof settingsGroups>;

/** The environment of this process, completed by `.env`. */
export function readEnvironment(): Environment {
  return readDotEnv(process.cwd(), process.env);
}

/** Reads and checks all settings; a fault in any of them is a ConfigurationError that lists them all. */
export function readConfig(environment: Environment): Config {
  const reading = readSettings(settingsGroups, environment);
  if (reading.status === 'faulty') throw new ConfigurationError(reading.faults);
  const faults = runtimeFaults(reading.settings.runtime);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return reading.settings;
}
