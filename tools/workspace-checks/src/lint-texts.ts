import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { z } from 'zod';

/** Lints texts as if they were files of the workspace: reads `{ texts, pretendedProjects }`, writes `[{ path, rules }]`. */
const { texts, pretendedProjects } = z
  .object({
    texts: z.array(z.object({ path: z.string(), code: z.string() })),
    pretendedProjects: z.array(z.object({ name: z.string(), root: z.string(), tags: z.array(z.string()) })),
  })
  .parse(JSON.parse(await text(process.stdin)));

// A file that does not exist belongs to no TypeScript project, so the rules that need types are left out.
const withoutTypes = {
  files: ['**/*.ts'],
  rules: tseslint.configs.disableTypeChecked.rules ?? {},
  languageOptions: { parserOptions: { projectService: false } },
};
const eslint = new ESLint({ overrideConfig: [withoutTypes] });

await pretendProjects();

const answers = [];
for (const { path, code } of texts) {
  const [result] = await eslint.lintText(code, { filePath: path });
  answers.push({ path, rules: result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? ['not linted'] });
}
process.stdout.write(JSON.stringify(answers));

/** Adds projects to the graph that the rule for module boundaries loads with its first text and keeps in globals. */
async function pretendProjects(): Promise<void> {
  // Nx keeps its graph from text to text only for a process that is ESLint's own command.
  process.argv[1] = 'node_modules/.bin/eslint';
  await eslint.lintText("import 'zod';\n", { filePath: 'libs/contract/src/planted.ts' });
  const { projectGraph, projectRootMappings } = globalThis as typeof globalThis & {
    readonly projectGraph: { readonly nodes: Record<string, unknown> };
    readonly projectRootMappings: Map<string, string>;
  };
  for (const { name, root, tags } of pretendedProjects) {
    projectGraph.nodes[name] = { name, type: 'app', data: { root, sourceRoot: `${root}/src`, tags, targets: {} } };
    projectRootMappings.set(root, name);
  }
}
