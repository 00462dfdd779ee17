import { describe, expect, test } from '@jest/globals';
import { builtinModules } from 'node:module';
import { ModuleGraph } from './module-graph.ts';

const graph = new ModuleGraph();
const isBuiltin = (module: string): boolean => module.startsWith('node:') || builtinModules.includes(module);
const filesMatching = (pattern: RegExp): readonly string[] => graph.files.filter((file) => pattern.test(file));

/** The ways from a file to what it must not load. */
function forbiddenWays(file: string, isForbidden: (module: string) => boolean): string[] {
  return [...graph.closureOf(file)].filter(([module]) => isForbidden(module)).map(([, way]) => way.join(' → '));
}

test('no file imports itself by way of others', () => {
  expect(graph.findCycles()).toEqual([]);
});

test('every import of a file of ours leads to a file', () => {
  expect(graph.findDangling()).toEqual([]);
});

describe.each(filesMatching(/^libs\/integrations-[^/]+\/src\/index\.ts$/))('the definition door %s', (door) => {
  test('is light: it loads no worker side, no builtin that does I/O, nothing of Temporal and no image library', () => {
    const heavy =
      /^node:(?!crypto$|buffer$)|^@temporalio\/|^(undici|sharp|file-type|pino)$|\/src\/(worker|activities|workflows|client)(\/|\.ts$)/;

    expect(forbiddenWays(door, (module) => heavy.test(module))).toEqual([]);
  });
});

const workflowDoors =
  /^(libs\/integration[^/]*\/src\/workflows\/(index|[^/]+\.workflow)|apps\/async-task-worker\/src\/platform\/(workflows\/index|.+\.workflow))\.ts$/;

describe.each(filesMatching(workflowDoors))('the workflow door %s', (door) => {
  test('loads what runs in the sandbox only: no builtin, no activity, no client', () => {
    const impure =
      /^(undici|sharp|file-type|pino)$|^@temporalio\/(activity|client|worker)$|\/src\/(worker|activities)(\/|\.ts$)|\/src\/platform\/.+-activities\.ts$/;

    expect(forbiddenWays(door, (module) => isBuiltin(module) || impure.test(module))).toEqual([]);
  });
});

test('the client loads its own files and two small libraries, so that a page can afford it', () => {
  const door = 'libs/client/src/index.ts';
  const foreign = [...graph.closureOf(door).keys()].filter((module) => !module.startsWith('libs/client/src/'));

  expect(graph.files).toContain(door);
  expect(foreign.sort()).toEqual(['eventsource-parser', 'openapi-fetch']);
});
