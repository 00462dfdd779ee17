import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineIntegration, defineOperation } from '../definition/define-integration.ts';
import { defineTask } from '../definition/define-task.ts';
import { findIntegrationPackages } from './find-integration-packages.ts';
import { loadDefinitions } from './load-definitions.ts';
import { selectEnabled } from './select-enabled.ts';

function definitionOf(name: string, taskQueue = `${name}-tasks`) {
  return defineIntegration({
    name,
    title: name,
    description: 'For tests.',
    taskQueue,
    settings: {},
    simulatorSettings: () => ({}),
    operations: {
      draw: defineOperation({
        title: 'Draw',
        description: 'Draws.',
        delivery: 'call',
        input: z.strictObject({}),
        output: z.object({}),
        mediaFields: {},
        limits: { deadlineSeconds: 1, maxSubmissions: 1, maxQueueSeconds: 1, whenOutcomeUnknown: 'fail' },
        workflow: 'drawWorkflow',
      }),
    },
  });
}

const withTasks = (name: string, ...taskNames: string[]) => ({
  ...definitionOf(name),
  tasks: Object.fromEntries(
    taskNames.map((task) => [task, defineTask({ title: task, description: 'Works.', params: z.strictObject({}) })]),
  ),
});

const packageOf = (name: string) => `@darkroom/integrations-${name}`;
const loading = (doors: Record<string, unknown>) => (packageName: string) => Promise.resolve(doors[packageName]);

describe('finding packages', () => {
  let scopeDirectory: string;
  beforeAll(async () => {
    scopeDirectory = await mkdtemp(join(tmpdir(), 'darkroom-scope-'));
    for (const name of ['integrations-veo', 'integrations-example', 'contract', 'integration-sdk'])
      await mkdir(join(scopeDirectory, name));
  });
  afterAll(() => rm(scopeDirectory, { recursive: true }));

  test('finds every integration that is not denied', async () => {
    expect(await findIntegrationPackages({ scopeDirectory, denyList: ['example'] })).toEqual([
      '@darkroom/integrations-veo',
    ]);
  });

  test('an empty deny-list lets the example in', async () => {
    expect(await findIntegrationPackages({ scopeDirectory, denyList: [] })).toEqual([
      '@darkroom/integrations-example',
      '@darkroom/integrations-veo',
    ]);
  });
});

describe('loading definitions', () => {
  test('gives the definition of each package', async () => {
    const definition = definitionOf('tiny');
    expect(await loadDefinitions([packageOf('tiny')], loading({ [packageOf('tiny')]: { definition } }))).toEqual([
      definition,
    ]);
  });

  test('a package that fails to load is named with its reason', async () => {
    const broken = () => Promise.reject(new Error('Cannot find module "left-pad"'));
    await expect(loadDefinitions([packageOf('tiny')], broken)).rejects.toThrow(
      '@darkroom/integrations-tiny failed to load: Cannot find module "left-pad"',
    );
  });

  test.each<[string, unknown, string]>([
    ['without a definition', {}, 'it is missing'],
    ['whose definition is another thing', { definition: 'tiny' }, 'definition'],
    ['whose name is not that of its package', { definition: definitionOf('other') }, 'must be "tiny"'],
    ['without an operation', { definition: { ...definitionOf('tiny'), operations: {} } }, 'at least one operation'],
    [
      'with an operation without limits',
      {
        definition: {
          ...definitionOf('tiny'),
          operations: { draw: { ...definitionOf('tiny').operations.draw, limits: {} } },
        },
      },
      'operations.draw.limits.deadlineSeconds',
    ],
    ['with a task whose name no address can hold', { definition: withTasks('tiny', 'a/b') }, 'tasks.a/b'],
    [
      'with a task without a schema',
      { definition: { ...definitionOf('tiny'), tasks: { count: { title: 'Count', description: 'Counts.' } } } },
      'tasks.count.params: must be a zod schema',
    ],
  ])('a package %s is refused', async (_name, door, reason) => {
    await expect(loadDefinitions([packageOf('tiny')], loading({ [packageOf('tiny')]: door }))).rejects.toThrow(reason);
  });

  test('two packages with one queue are refused, both named', async () => {
    const doors = {
      [packageOf('a')]: { definition: definitionOf('a', 'same') },
      [packageOf('b')]: { definition: definitionOf('b', 'same') },
    };
    await expect(loadDefinitions([packageOf('a'), packageOf('b')], loading(doors))).rejects.toThrow(
      '@darkroom/integrations-a and @darkroom/integrations-b have the same taskQueue "same"',
    );
  });

  test('two packages with a task of one name are refused, both named', async () => {
    const doors = {
      [packageOf('a')]: { definition: withTasks('a', 'one', 'two') },
      [packageOf('b')]: { definition: withTasks('b', 'three', 'two') },
    };
    await expect(loadDefinitions([packageOf('a'), packageOf('b')], loading(doors))).rejects.toThrow(
      '@darkroom/integrations-a and @darkroom/integrations-b both declare a task "two"',
    );
  });
});

describe('selecting the enabled ones', () => {
  const definitions = [definitionOf('a'), definitionOf('b')];
  const namesOf = (enabled: string[] | undefined) => selectEnabled({ definitions, enabled }).map(({ name }) => name);

  test('takes all without a list, and those of the list otherwise', () => {
    expect(namesOf(undefined)).toEqual(['a', 'b']);
    expect(namesOf(['b'])).toEqual(['b']);
    expect(namesOf([])).toEqual([]);
  });

  test('a name that no integration has is an error that lists the known ones', () => {
    expect(() => namesOf(['a', 'c'])).toThrow('"c", which no installed integration has. Known: a, b.');
  });
});
