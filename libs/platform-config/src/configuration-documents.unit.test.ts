import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { describeSettings } from './describe-settings.ts';
import { readDotEnv } from './dot-env.ts';
import { loadSettings } from './load-settings.ts';
import { renderConfigurationMarkdown } from './render-configuration-markdown.ts';
import { renderDotEnvExample } from './render-dot-env-example.ts';
import { defineSettings } from './settings-group.ts';

const storage = defineSettings('Storage', {
  bucket: { variable: 'S3_BUCKET', schema: z.string(), description: 'The bucket.', example: 'darkroom' },
  secret: {
    variable: 'S3_SECRET_ACCESS_KEY',
    schema: z.string(),
    description: 'Its key.',
    secret: true,
    example: 'never shown',
  },
});
const logging = defineSettings('Logging', {
  level: { variable: 'LOG_LEVEL', aliases: ['LEVEL'], schema: z.string(), description: 'a|b', default: 'info' },
});
const groups = describeSettings({ main: { storage, logging }, worker: { logs: logging } });

test('documents a group once, with every process that reads it', () => {
  const markdown = renderConfigurationMarkdown(groups);

  expect(markdown.match(/## Logging/g)).toHaveLength(1);
  expect(markdown).toContain('## Logging\n\nRead by `main`, `worker`.');
  expect(markdown).toContain('| `S3_BUCKET` | always |  | The bucket. Example: `darkroom`. |');
  expect(markdown).toContain('| `LOG_LEVEL` or `LEVEL` | no | `info` | a\\|b |');
  expect(markdown).not.toContain('never shown');
});

test('writes an example whose copy changes nothing until a line is filled in', () => {
  const example = renderDotEnvExample(groups);

  expect(example).toContain('# The bucket. Required.\n# S3_BUCKET=darkroom');
  expect(example).toContain('# S3_SECRET_ACCESS_KEY=\n');
  expect(example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
});

test('needs no .env file', () => {
  expect(loadSettings({ logging }, readDotEnv('/nowhere/at/all', {})).logging.level).toBe('info');
});
