import { builtinModules } from 'node:module';
import { builtinRules } from 'eslint/use-at-your-own-risk';
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
    plugins: { [name]: { rules: { imports: restrictEveryImport } } },
    rules: { [`${name}/imports`]: ['error', { patterns: filled }] },
  };
}

/** The same for what no import shows, as selectors of the syntax tree (`<name>/syntax`). */
export function syntaxBoundary(name, { files, ignores = [] }, selectors) {
  return {
    files,
    ignores,
    plugins: { [name]: { rules: { syntax: builtinRules.get('no-restricted-syntax') } } },
    rules: { [`${name}/syntax`]: ['error', ...selectors] },
  };
}

/** `no-restricted-imports` sees no `import('…')`: here it is judged as the `import * as` that it amounts to. */
const restrictEveryImport = {
  ...restrictImports,
  create(context) {
    const listeners = restrictImports.create(context);
    return {
      ...listeners,
      ImportExpression(node) {
        const specifier = writtenOut(node.source);
        if (specifier === undefined) return;
        listeners.ImportDeclaration?.({
          ...node,
          type: 'ImportDeclaration',
          importKind: 'value',
          attributes: [],
          source: { ...node.source, type: 'Literal', value: specifier },
          specifiers: [{ type: 'ImportNamespaceSpecifier', local: node.source, loc: node.loc, range: node.range }],
        });
      },
    };
  },
};

function writtenOut(source) {
  if (source.type === 'Literal') return typeof source.value === 'string' ? source.value : undefined;
  return source.type === 'TemplateLiteral' && source.expressions.length === 0
    ? source.quasis[0].value.cooked
    : undefined;
}
