import type { Setting, SettingsGroup, SettingsGroups } from './settings-group.ts';

/** One variable as the documentation shows it. */
export interface DescribedSetting {
  readonly variable: string;
  readonly aliases: readonly string[];
  readonly description: string;
  /** `where enabled`: needed by an integration that is on. */
  readonly required: 'always' | 'in production' | 'where enabled' | 'no';
  readonly default: string | undefined;
  readonly secret: boolean;
  readonly example: string | undefined;
}

/** A group as the documentation shows it, with the processes that read it. */
export interface DescribedGroup {
  readonly title: string;
  readonly readBy: readonly string[];
  readonly settings: readonly DescribedSetting[];
}

/** Describes the settings of several processes, each group once. Groups are the same where they have the same title and variables. */
export function describeSettings(groupsByProcess: Readonly<Record<string, SettingsGroups>>): readonly DescribedGroup[] {
  const described = new Map<string, DescribedGroup>();
  for (const [process, groups] of Object.entries(groupsByProcess)) {
    for (const group of Object.values(groups)) {
      const known = described.get(identityOf(group));
      described.set(identityOf(group), {
        title: group.title,
        readBy: [...new Set([...(known?.readBy ?? []), process])],
        settings: Object.values(group.settings).map(describe),
      });
    }
  }
  return [...described.values()];
}

function identityOf(group: SettingsGroup): string {
  return [group.title, ...Object.values(group.settings).map((setting) => setting.variable)].join('\n');
}

function describe(setting: Setting): DescribedSetting {
  return {
    variable: setting.variable,
    aliases: setting.aliases ?? [],
    description: setting.description,
    required: requirementOf(setting),
    default: setting.default,
    secret: setting.secret ?? false,
    example: setting.example,
  };
}

function requirementOf(setting: Setting): DescribedSetting['required'] {
  if (setting.presence === 'required-in-production') return 'in production';
  return setting.presence === undefined && setting.default === undefined ? 'always' : 'no';
}
