import { updateJson, type Tree } from '@nx/devkit';

interface Manifest {
  dependencies: Record<string, string>;
}

interface TypeScriptProject {
  references: { path: string }[];
}

/** Both processes run what is installed; by these lines Nx and TypeScript know it too, and an image of them holds it. */
export function registerIntegration(tree: Tree, name: string): void {
  for (const app of ['apps/main', 'apps/async-task-worker']) {
    updateJson<Manifest>(tree, `${app}/package.json`, (manifest) => ({
      ...manifest,
      dependencies: { ...manifest.dependencies, [`@darkroom/integrations-${name}`]: '*' },
    }));
    for (const file of ['tsconfig.lib.json', 'tsconfig.spec.json']) {
      updateJson<TypeScriptProject>(tree, `${app}/${file}`, (project) => ({
        ...project,
        references: [...project.references, { path: `../../libs/integrations-${name}/tsconfig.lib.json` }],
      }));
    }
  }
}
