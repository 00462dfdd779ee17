import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const restrictImports = tseslint.plugin.rules['no-restricted-imports'];
const builtins = builtinModules.filter((name) => !name.startsWith('_') && !name.includes('/')).join('|');

/**
 * A boundary between files, under a rule id of its own (`<name>/imports`), so that boundaries add up:
 * ESLint would let a second setting of one rule replace the first.
 */
export function boundary(name, { files, ignores = [] }, patterns) {
  const filled = patterns.map(({ regex, ...pattern }) =>
    regex ? { ...pattern, regex: regex.replace('BUILTIN', builtins) } : pattern,
  );
  return {
    files,
    ignores,
    plugins: { [name]: { rules: { imports: restrictImports } } },
    rules: { [`${name}/imports`]: ['error', { patterns: filled }] },
  };
}
