import type { DescribedGroup, DescribedSetting } from './describe-settings.ts';

/** The text of .env.example: every variable once, commented out, so that a copy changes nothing until a line is filled in. */
export function renderDotEnvExample(groups: readonly DescribedGroup[]): string {
  const shown = new Set<string>();
  const sections = groups.map((group) => renderSection(group, shown)).filter((section) => section !== '');
  return `${sections.join('\n\n')}\n`;
}

function renderSection({ title, settings }: DescribedGroup, shown: Set<string>): string {
  const fresh = settings.filter((setting) => !shown.has(setting.variable));
  for (const setting of fresh) shown.add(setting.variable);
  return fresh.length === 0 ? '' : [`# --- ${title}`, ...fresh.flatMap(renderLines)].join('\n');
}

function renderLines(setting: DescribedSetting): readonly string[] {
  const value = setting.secret ? '' : (setting.example ?? setting.default ?? '');
  return ['', `# ${commentOf(setting)}`, `# ${setting.variable}=${value}`];
}

const requirements: Readonly<Record<DescribedSetting['required'], string>> = {
  always: ' Required.',
  'in production': ' Required in production.',
  'where enabled': ' Required where the integration is enabled.',
  no: '',
};

function commentOf({ description, required, aliases }: DescribedSetting): string {
  const requirement = requirements[required];
  const otherNames = aliases.length === 0 ? '' : ` Also read as ${aliases.join(', ')}.`;
  return `${description.replaceAll('\n', ' ')}${requirement}${otherNames}`;
}
