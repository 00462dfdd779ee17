import { ConfigurationError, type SettingFault } from './configuration-error.ts';
import type { Environment } from './dot-env.ts';
import { isPlaceholder } from './placeholder.ts';
import type { LoadedSettings, Setting, SettingsGroups } from './settings-group.ts';

/** What reading the environment came to: the settings, or everything that is wrong with them. */
export type SettingsReading<Groups extends SettingsGroups> =
  | { readonly status: 'valid'; readonly settings: LoadedSettings<Groups> }
  | { readonly status: 'faulty'; readonly faults: readonly SettingFault[] };

/** Reads the settings of a process, or throws a ConfigurationError that lists every fault at once and prints no value. */
export function loadSettings<const Groups extends SettingsGroups>(
  groups: Groups,
  environment: Environment,
): LoadedSettings<Groups> {
  const reading = readSettings(groups, environment);
  if (reading.status === 'faulty') throw new ConfigurationError(reading.faults);
  return reading.settings;
}

/** Like loadSettings, for a caller that has faults of its own to report in the same list. */
export function readSettings<const Groups extends SettingsGroups>(
  groups: Groups,
  environment: Environment,
): SettingsReading<Groups> {
  const faults: SettingFault[] = [];
  const settings: Record<string, Record<string, unknown>> = {};
  for (const [groupName, group] of Object.entries(groups)) {
    const values: Record<string, unknown> = {};
    for (const [name, setting] of Object.entries(group.settings)) {
      const reading = readSetting(setting, environment);
      if ('fault' in reading) faults.push(reading.fault);
      else values[name] = reading.value;
    }
    settings[groupName] = values;
  }
  if (faults.length > 0) return { status: 'faulty', faults: withoutRepeats(faults) };
  return { status: 'valid', settings: settings as LoadedSettings<Groups> };
}

type SettingReading = { readonly value: unknown } | { readonly fault: SettingFault };

function readSetting(setting: Setting, environment: Environment): SettingReading {
  const given = namesOf(setting).filter((name) => textOf(setting, environment, name) !== undefined);
  const texts = new Set(given.map((name) => textOf(setting, environment, name)));
  if (texts.size > 1) return faultOf(given.join(' and '), 'are set to different values', 'Keep one of them.');

  const [variable = setting.variable] = given;
  const text = textOf(setting, environment, variable);
  if (text === undefined) return readAbsent(setting, environment);
  if (refusesPlaceholders(setting) && isPlaceholder(text)) {
    return faultOf(variable, 'still holds a placeholder', `Set it to the real value: ${setting.description}`);
  }
  return parse(setting, variable, text);
}

function readAbsent(setting: Setting, environment: Environment): SettingReading {
  const inProduction = environment['NODE_ENV'] === 'production';
  const isRequiredHere = setting.presence === 'required-in-production' && inProduction;
  if (setting.default !== undefined && !isRequiredHere) return parse(setting, setting.variable, setting.default);
  if (setting.presence !== undefined && !isRequiredHere) return { value: undefined };
  const problem = isRequiredHere ? 'is not set, and production has no default for it' : 'is not set';
  return faultOf(setting.variable, problem, `${setting.description}${exampleOf(setting)}`);
}

function parse(setting: Setting, variable: string, text: string): SettingReading {
  const result = setting.schema.safeParse(text);
  if (result.success) return { value: result.data };
  const messages = result.error.issues.map((issue) => withoutValue(issue.message, text));
  return faultOf(variable, `is not valid: ${messages.join('; ')}`, `${setting.description}${exampleOf(setting)}`);
}

function faultOf(variable: string, problem: string, remedy: string): SettingReading {
  return { fault: { variable, problem, remedy } };
}

function namesOf(setting: Setting): readonly string[] {
  return [setting.variable, ...(setting.aliases ?? [])];
}

function textOf(setting: Setting, environment: Environment, name: string): string | undefined {
  const text = environment[name]?.trim();
  return text === '' && !setting.allowEmpty ? undefined : text;
}

function refusesPlaceholders(setting: Setting): boolean {
  return setting.secret === true || (setting.default === undefined && setting.presence !== 'optional');
}

function exampleOf(setting: Setting): string {
  const example = setting.secret ? undefined : setting.example;
  return example === undefined ? '' : ` For example ${setting.variable}=${example}`;
}

// A short text such as "1" is part of ordinary messages, and reveals nothing.
function withoutValue(message: string, text: string): string {
  return text.length < 6 ? message : message.replaceAll(text, '…');
}

function withoutRepeats(faults: readonly SettingFault[]): readonly SettingFault[] {
  return faults.filter(
    (fault, index) =>
      faults.findIndex((other) => other.variable === fault.variable && other.problem === fault.problem) === index,
  );
}
