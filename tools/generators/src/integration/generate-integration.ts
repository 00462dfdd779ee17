import { join } from 'node:path';
import { formatFiles, generateFiles, installPackagesTask, logger, readJson, type Tree } from '@nx/devkit';
import { integrationNames } from './integration-names.ts';
import { registerIntegration } from './register-integration.ts';

interface IntegrationOptions {
  /** In kebab case. */
  readonly name: string;
  readonly delivery: 'call' | 'poll' | 'callback';
  /** Leaves the link in node_modules, by which main and the worker find the package, to the next `npm install`. */
  readonly skipInstall?: boolean;
}

/**
 * Writes a package that passes lint, types and the conformance kit, and the module of the simulator that it passes against. Refuses a
 * name that is taken or not in kebab case, and writes nothing then.
 */
export async function generateIntegration(tree: Tree, options: IntegrationOptions): Promise<() => void> {
  const { name, delivery, skipInstall = false } = options;
  const names = integrationNames(name);
  const packageRoot = `libs/integrations-${name}`;
  const simulatorRoot = `apps/provider-simulator/src/providers/${name}`;
  for (const root of [packageRoot, simulatorRoot]) {
    if (tree.exists(root)) throw new Error(`${root} exists already: choose another name, or remove it first.`);
  }

  const { dependencies } = readJson<{ dependencies: { zod: string } }>(tree, 'libs/integration-sdk/package.json');
  const write = (source: string, target: string) =>
    generateFiles(tree, join(import.meta.dirname, 'files', source), target, {
      ...names,
      delivery,
      zodVersion: dependencies.zod,
    });
  for (const source of sourcesOf[delivery]) write(source, packageRoot);
  for (const source of ['simulator', delivery === 'call' ? 'simulator-call' : 'simulator-task']) {
    write(source, simulatorRoot);
  }
  await formatFiles(tree);
  registerIntegration(tree, name);

  return () => {
    if (!skipInstall) installPackagesTask(tree, true);
    logger.info(`\nNext: npx nx test integrations-${name}, then the files one by one, as the guide says:`);
    logger.info(
      'docs/guides/add-an-integration.md, for coding agents .claude/agents/integration-generation-handler.md, step 4.',
    );
  };
}

const sourcesOf = {
  call: ['package', 'call'],
  poll: ['package', 'task'],
  callback: ['package', 'task', 'callback'],
} as const;
