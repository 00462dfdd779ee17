import { environmentReaders, testCode } from './file-groups.mjs';

const environmentProperty = ":matches([property.name='env'], [property.value='env'])";

const processEnvironment = [
  `MemberExpression[object.name='process']${environmentProperty}`,
  `MemberExpression[object.property.name='process']${environmentProperty}`,
  "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
].map((selector) => ({
  selector,
  message: 'Only config.ts reads the environment: take what you need as an argument.',
}));

/** The habits of the code base that a linter can hold. */
export const codeStyle = [
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...processEnvironment],
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      'max-lines': ['error', { max: 250 }],
      'max-params': ['error', { max: 3 }],
      eqeqeq: ['error', 'always'],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  {
    files: environmentReaders,
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['tools/*/src/cli.ts'], rules: { 'no-console': 'off' } },
  // A row of test.each has as many parameters as columns.
  { files: testCode, rules: { 'max-lines': 'off', 'max-params': 'off' } },
];
