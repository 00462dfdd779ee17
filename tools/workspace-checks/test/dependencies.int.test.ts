import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { isTestCode } from './file-rules.ts';
import { importedPackages, isMentioned } from './imported-packages.ts';
import { listFiles, listPackages, readWorkspaceFile, type WorkspacePackage } from './workspace-files.ts';

/** What the root package.json gives to every package. */
const ofTheWorkspace = new Set(
  Object.keys(
    z.object({ devDependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(readWorkspaceFile('package.json')))
      .devDependencies,
  ),
);
const packages = listPackages();
const tsconfigSchema = z.object({ references: z.array(z.object({ path: z.string() })).default([]) });

describe.each(packages.map((workspacePackage) => [workspacePackage.folder, workspacePackage] as const))(
  '%s',
  (_folder, workspacePackage) => {
    const declared = { ...workspacePackage.manifest.dependencies, ...workspacePackage.manifest.devDependencies };

    test('declares every package that it imports', () => {
      const undeclared = importedPackages(read(workspacePackage.files)).filter(
        (name) => !(name in declared) && !ofTheWorkspace.has(name) && name !== workspacePackage.manifest.name,
      );

      expect(undeclared).toEqual([]);
    });

    test('uses every package that it declares', () => {
      const texts = listFiles()
        .filter((file) => file.startsWith(`${workspacePackage.folder}/`) && /\.(tsx?|mjs|css)$/.test(file))
        .map(readWorkspaceFile)
        .join('\n');
      const unused = Object.keys(declared).filter(
        (name) => !isMentioned(name.replace(/^@types\//, ''), texts) && !isLoadedByName(workspacePackage, name),
      );

      expect(unused).toEqual([]);
    });

    test('references the TypeScript projects of the packages that it imports, and none that it does not declare', () => {
      const code = workspacePackage.files.filter((file) => !isTestCode(file));
      const tests = workspacePackage.files.filter(isTestCode);
      const ofCode = referencesOf(workspacePackage, 'tsconfig.lib.json');
      const ofTests = referencesOf(workspacePackage, 'tsconfig.spec.json');

      expect(ofCode).toEqual(expect.arrayContaining(projectsOf(code, workspacePackage)));
      expect([...ofCode, ...ofTests]).toEqual(expect.arrayContaining(projectsOf(tests, workspacePackage)));
      expect(foldersOf(Object.keys(declared))).toEqual(expect.arrayContaining([...ofCode, ...ofTests]));
    });
  },
);

function read(files: readonly string[]) {
  return files.map((path) => ({ path, text: readWorkspaceFile(path) }));
}

/** Applications find integrations by the names of the installed packages. */
function isLoadedByName({ folder }: WorkspacePackage, name: string): boolean {
  return folder.startsWith('apps/') && name.startsWith('@darkroom/integrations-');
}

function projectsOf(files: readonly string[], self: WorkspacePackage): string[] {
  return foldersOf(importedPackages(read(files)).filter((name) => name !== self.manifest.name));
}

function foldersOf(names: readonly string[]): string[] {
  return packages.filter(({ manifest }) => names.includes(manifest.name)).map(({ folder }) => folder);
}

function referencesOf({ folder }: WorkspacePackage, file: string): string[] {
  if (!listFiles().includes(`${folder}/${file}`)) return [];
  const { references } = tsconfigSchema.parse(JSON.parse(readWorkspaceFile(`${folder}/${file}`)));
  return references
    .map(({ path }) => posix.dirname(posix.join(folder, path)))
    .filter((referenced) => referenced !== folder);
}
