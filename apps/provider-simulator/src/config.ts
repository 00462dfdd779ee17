import {
  defineSettings,
  integerFromText,
  listFromText,
  loadSettings,
  portFromText,
  readDotEnv,
  type Environment,
  type LoadedSettings,
} from '@darkroom/platform-config';
import { loggingSettings } from '@darkroom/platform-logging';
import { z } from 'zod';

/** What the provider simulator is configured with. */
export const simulatorSettings = defineSettings('Provider simulator, the process itself', {
  host: {
    variable: 'SIMULATOR_HOST',
    schema: z.string(),
    default: '127.0.0.1',
    description: 'The address on which the simulator listens. Its control API answers on loopback only.',
  },
  port: {
    variable: 'SIMULATOR_PORT',
    schema: portFromText,
    default: '3900',
    description: 'The port of the simulated providers and of the control API. 0 takes any free port.',
  },
  dataDirectory: {
    variable: 'SIMULATOR_DATA_DIR',
    schema: z.string(),
    default: '.darkroom/simulator',
    description: 'The directory of the submission ledger and of the files that answers point to.',
  },
  latencyMs: {
    variable: 'SIMULATOR_LATENCY_MS',
    schema: integerFromText({ minimum: 0, maximum: 3_600_000 }),
    default: '300',
    description: 'Milliseconds before the answer to an accepted request, where no plan says otherwise.',
  },
  modelNames: {
    variable: 'SIMULATOR_MODELS',
    schema: listFromText,
    default: 'image,banana,dall-e,seedream,seedance,veo,sora',
    description: 'Parts of model names, separated by commas. A model exists where its name contains one of them.',
  },
});

/** Everything that this process reads. */
export const settingsGroups = { simulator: simulatorSettings, logging: loggingSettings };

export type Config = LoadedSettings<typeof settingsGroups>;

/** The environment of this process, completed by `.env`. */
export function readEnvironment(): Environment {
  return readDotEnv(process.cwd(), process.env);
}

/** Reads and checks all settings; what is wrong with them is one ConfigurationError. */
export function readConfig(environment: Environment): Config {
  return loadSettings(settingsGroups, environment);
}
