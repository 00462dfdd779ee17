import type { DescribedGroup, DescribedSetting } from './describe-settings.ts';

/** The sections of docs/configuration.md: one table for each group. */
export function renderConfigurationMarkdown(groups: readonly DescribedGroup[]): string {
  return `${groups.map(renderGroup).join('\n\n')}\n`;
}

function renderGroup({ title, readBy, settings }: DescribedGroup): string {
  return [
    `## ${title}`,
    '',
    `Read by ${readBy.map((process) => `\`${process}\``).join(', ')}.`,
    '',
    '| variable | required | default | what it does |',
    '|---|---|---|---|',
    ...settings.map(renderRow),
  ].join('\n');
}

function renderRow(setting: DescribedSetting): string {
  const names = [setting.variable, ...setting.aliases].map((name) => `\`${name}\``).join(' or ');
  const fallback = renderDefault(setting.default);
  const notes = [
    setting.description,
    ...(setting.secret ? ['Secret.'] : []),
    ...(setting.example === undefined || setting.secret ? [] : [`Example: \`${setting.example}\`.`]),
  ];
  return `| ${[names, setting.required, fallback, notes.join(' ')].map(escapeCell).join(' | ')} |`;
}

function renderDefault(text: string | undefined): string {
  if (text === undefined) return '';
  return text === '' ? 'empty' : `\`${text}\``;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
