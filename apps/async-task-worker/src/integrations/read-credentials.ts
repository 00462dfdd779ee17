import { createHash } from 'node:crypto';
import type { IntegrationDefinition, IntegrationSetting, IntegrationSettings } from '@darkroom/integration-sdk';
import { type Environment, readSettings, secretValues, type SettingFault } from '@darkroom/platform-config';
import { previousVariableOf, toSettingsGroup } from './integration-settings.ts';

/** The settings of an integration with one set of credentials. */
export interface CredentialSet {
  /** Names the set without telling any part of it. */
  credentialId: string;
  settings: Record<string, unknown>;
}

/** An integration's settings with today's credentials and, where the operator keeps them, with those before them. */
export interface Credentials extends CredentialSet {
  previous?: CredentialSet | undefined;
  /** The texts of its secret settings, of both sets. */
  secrets: readonly string[];
}

export type CredentialsReading =
  { status: 'valid'; credentials: Credentials } | { status: 'faulty'; faults: readonly SettingFault[] };

/**
 * Reads the settings of an integration. Beside each secret `X` there may be an `X_PREVIOUS`: calls that were submitted before `X` was
 * changed are followed with it.
 */
export function readCredentials(definition: IntegrationDefinition, environment: Environment): CredentialsReading {
  const today = readSet(definition, environment);
  const before = withPreviousSecrets(definition, environment);
  const previous = before && readSet(before, environment);
  if (today.status === 'faulty' || previous?.status === 'faulty')
    return { status: 'faulty', faults: [...faultsOf(today), ...faultsOf(previous)] };
  const secrets = [...new Set([...today.secrets, ...(previous?.secrets ?? [])])];
  return { status: 'valid', credentials: { ...today.set, previous: previous?.set, secrets } };
}

type SetReading =
  | { status: 'valid'; set: CredentialSet; secrets: readonly string[] }
  | { status: 'faulty'; faults: readonly SettingFault[] };

function readSet(definition: IntegrationDefinition, environment: Environment): SetReading {
  const group = toSettingsGroup(definition);
  const reading = readSettings({ group }, environment);
  if (reading.status === 'faulty') return reading;
  return {
    status: 'valid',
    set: {
      credentialId: credentialIdOf(definition, environment),
      settings: withOptional(definition.settings, reading.settings.group),
    },
    secrets: secretValues({ group }, environment),
  };
}

/** The integration as it was configured before, or undefined where nothing says so. */
function withPreviousSecrets(
  definition: IntegrationDefinition,
  environment: Environment,
): IntegrationDefinition | undefined {
  const isKept = ({ secret, variable }: IntegrationSetting) =>
    secret === true && (environment[previousVariableOf(variable)] ?? '').trim() !== '';
  if (!Object.values(definition.settings).some(isKept)) return undefined;
  const settings = Object.entries(definition.settings).map(([name, setting]) => [
    name,
    isKept(setting) ? { ...setting, variable: previousVariableOf(setting.variable), aliases: [] } : setting,
  ]);
  return { ...definition, settings: Object.fromEntries(settings) as IntegrationSettings };
}

/** What is optional does not pay: a secret that only verifies callbacks may come and go. */
function credentialIdOf(definition: IntegrationDefinition, environment: Environment): string {
  const required = Object.entries(definition.settings).filter(([, setting]) => !setting.optional);
  const group = toSettingsGroup({ ...definition, settings: Object.fromEntries(required) });
  const texts = JSON.stringify(secretValues({ group }, environment));
  return `${definition.name}:${createHash('sha256').update(texts).digest('hex').slice(0, 12)}`;
}

/** A setting that is absent has the value that its own schema gives it. */
function withOptional(settings: IntegrationSettings, values: Record<string, unknown>): Record<string, unknown> {
  const absent = Object.entries(settings).filter(([name]) => values[name] === undefined);
  return { ...values, ...Object.fromEntries(absent.map(([name, { schema }]) => [name, schema.parse(undefined)])) };
}

function faultsOf(reading: SetReading | undefined): readonly SettingFault[] {
  return reading?.status === 'faulty' ? reading.faults : [];
}
