import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { z } from 'zod';

/** Lints texts as if they were files of the workspace: reads `[{ path, code }]`, writes `[{ path, rules }]`. */
const texts = z.array(z.object({ path: z.string(), code: z.string() })).parse(JSON.parse(await text(process.stdin)));

// A file that does not exist belongs to no TypeScript project, so the rules that need types are left out.
const withoutTypes = {
  files: ['**/*.{ts,tsx}'],
  rules: tseslint.configs.disableTypeChecked.rules ?? {},
  languageOptions: { parserOptions: { projectService: false } },
};
const eslint = new ESLint({ overrideConfig: [withoutTypes] });

// Nx keeps its graph from text to text only for a process that is ESLint's own command.
process.argv[1] = 'node_modules/.bin/eslint';

const answers = [];
for (const { path, code } of texts) {
  const [result] = await eslint.lintText(code, { filePath: path });
  answers.push({ path, rules: result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? ['not linted'] });
}
process.stdout.write(JSON.stringify(answers));
