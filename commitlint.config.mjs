import { globSync } from 'node:fs';
import { basename } from 'node:path';

const projects = globSync('{apps,libs,tools}/*/package.json', { cwd: import.meta.dirname }).map((file) =>
  basename(file.slice(0, -'/package.json'.length)),
);

/** Conventional subjects, whose scope is the project that changed. */
export default {
  extends: ['@commitlint/config-conventional'],
  rules: {
    'scope-empty': [2, 'never'],
    'scope-enum': [2, 'always', [...projects, 'workspace', 'deploy', 'bootstrap', 'docs']],
    'body-max-line-length': [0],
  },
};
