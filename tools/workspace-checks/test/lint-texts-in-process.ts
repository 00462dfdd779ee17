import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { workspaceRoot } from './workspace-root.ts';

const answers = z.array(z.object({ path: z.string(), rules: z.array(z.string()) }));

/** The ids of the rules that each text breaks, in a process of its own: ESLint and Nx do not run inside Jest. */
export async function lintTexts(
  texts: readonly { readonly path: string; readonly code: string }[],
): Promise<readonly (readonly string[])[]> {
  const output = await runWithInput(join(import.meta.dirname, '../src/lint-texts.ts'), JSON.stringify(texts));
  return answers.parse(JSON.parse(output)).map(({ rules }) => rules);
}

function runWithInput(script: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [script], { cwd: workspaceRoot }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${script} failed: ${stderr}`, { cause: error }));
      else resolve(stdout);
    });
    child.stdin?.end(input);
  });
}
