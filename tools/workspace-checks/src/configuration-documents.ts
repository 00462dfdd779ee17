import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  describeSettings,
  renderConfigurationMarkdown,
  renderDotEnvExample,
  type DescribedGroup,
  type DescribedSetting,
  type SettingsGroups,
} from '@darkroom/platform-config';

/** A generated file: its path from the root, and its text. */
export interface GeneratedDocument {
  readonly file: string;
  readonly text: string;
}

const markdownHead = `# Configuration

Every process reads its environment once, at start, completed by a file \`.env\`; what the environment already holds wins. The file is
the one in the root of the checkout where \`npm start\` or \`nx serve\` starts the process, otherwise the one in the directory that the
process is started in. A fault ends the process with exit code 78 and a list of all faults, which prints no value.
An empty variable counts as unset, and a placeholder (\`changeme\`, \`<key>\`) as a fault. \`npm start\` sets everything that is required.
With \`MOCK_EXTERNAL_APIS=true\` no integration needs its provider's settings: the simulator's take their place.

This file and \`.env.example\` are generated from the schemas; after changing one, run \`npm run docs\`.
`;

const dotEnvHead = `# Copy this file to .env and fill in what you want to change; docs/configuration.md says more.
# It is generated from the schemas: change those, not this file.
`;

/** docs/configuration.md and .env.example, as the settings of all processes and integrations have them. */
export async function renderConfigurationDocuments(root: string): Promise<readonly GeneratedDocument[]> {
  const groups = [...describeSettings(await settingsOfProcesses(root)), ...(await settingsOfIntegrations(root))];
  refuseContradictions(groups);
  return [
    { file: 'docs/configuration.md', text: `${markdownHead}\n${renderConfigurationMarkdown(groups)}` },
    { file: '.env.example', text: `${dotEnvHead}\n${renderDotEnvExample(groups)}` },
  ];
}

async function settingsOfProcesses(root: string): Promise<Record<string, SettingsGroups>> {
  const groupsByProcess: Record<string, SettingsGroups> = {};
  for (const file of globSync('{apps,tools}/*/src/config.ts', { cwd: root, exclude: isOfTests }).sort(mainFirst)) {
    const { settingsGroups } = (await load(root, file)) as { settingsGroups?: SettingsGroups };
    if (!settingsGroups)
      throw new Error(`${file} does not export its settingsGroups: export them, for the documentation.`);
    groupsByProcess[basename(dirname(dirname(file)))] = settingsGroups;
  }
  return groupsByProcess;
}

/** What tests read of the machine is no setting of a process. */
const isOfTests = (path: string) => path.includes('-e2e');

type SettingFacts = { variable: string; description: string; example: string; secret?: boolean; optional?: boolean };

interface IntegrationFacts {
  readonly name: string;
  readonly title: string;
  readonly settings: Readonly<Record<string, SettingFacts>>;
  readonly callback?: { readonly settings: Readonly<Record<string, SettingFacts>> };
}

async function settingsOfIntegrations(root: string): Promise<readonly DescribedGroup[]> {
  const groups: DescribedGroup[] = [];
  for (const file of globSync('libs/integrations-*/src/index.ts', { cwd: root }).sort()) {
    const { definition } = (await load(root, file)) as { definition: IntegrationFacts };
    groups.push(...describeIntegration(definition));
  }
  return groups;
}

function describeIntegration({ name, title, settings, callback }: IntegrationFacts): DescribedGroup[] {
  const calling: DescribedGroup = {
    title: `Integration \`${name}\`: ${title}`,
    readBy: ['async-task-worker'],
    settings: Object.values(settings).flatMap((setting) => [describe(setting), ...describePrevious(setting)]),
  };
  // A key that signs callbacks too is needed for the calls already.
  const needed = new Set(Object.values(settings).map(({ variable }) => variable));
  const verifying: DescribedGroup = {
    title: `Integration \`${name}\`: its callbacks`,
    readBy: ['main'],
    settings: Object.values(callback?.settings ?? {})
      .filter(({ variable }) => !needed.has(variable))
      .map(describe),
  };
  return [calling, verifying].filter((group) => group.settings.length > 0);
}

function describe({ variable, description, example, secret = false, optional }: SettingFacts): DescribedSetting {
  const required = optional ? 'no' : 'where enabled';
  return { variable, aliases: [], description, required, default: undefined, secret, example };
}

/** Beside each secret the worker reads the one before it. */
function describePrevious({ variable, secret }: SettingFacts): DescribedSetting[] {
  if (!secret) return [];
  const description = `What ${variable} was before it was changed: calls that were submitted with it are followed with it until they end.`;
  return [describe({ variable: `${variable}_PREVIOUS`, description, example: '', secret, optional: true })];
}

/** Two processes may read one variable, but they must mean the same by it. */
function refuseContradictions(groups: readonly DescribedGroup[]): void {
  const known = new Map<string, string>();
  for (const setting of groups.flatMap(({ settings }) => settings)) {
    const facts = JSON.stringify(setting);
    if ((known.get(setting.variable) ?? facts) !== facts) {
      throw new Error(`${setting.variable} is declared twice, and differently: make the two declarations agree.`);
    }
    known.set(setting.variable, facts);
  }
}

function mainFirst(one: string, other: string): number {
  return Number(other.includes('/main/')) - Number(one.includes('/main/')) || one.localeCompare(other);
}

function load(root: string, file: string): Promise<unknown> {
  return import(pathToFileURL(join(root, file)).href);
}
