import { execFile } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { readWorkspaceFile } from './workspace-files.ts';
import { workspaceRoot } from './workspace-root.ts';

test('docs/configuration.md, .env.example and the types of the client are what the code says', async () => {
  const script = 'tools/workspace-checks/src/generate-documents.ts';
  const args = ['--conditions=@darkroom/source', script, '--check'];
  const complaints = await new Promise<string>((done) => {
    execFile(process.execPath, args, { cwd: workspaceRoot }, (_error, stdout, stderr) => done(stdout + stderr));
  });

  expect(complaints).toBe('');
});

test.each([
  ...['TEMPORAL_HOST', 'TEMPORAL_NAMESPACE', 'TEMPORAL_TASK_QUEUE', 'MOCK_EXTERNAL_APIS', 'ENABLED_INTEGRATIONS'],
  ...[
    'WORKER_INTEGRATIONS',
    'S3_BUCKET',
    'S3_ENDPOINT',
    'S3_REGION',
    'S3_OBJECT_KEY_PREFIX',
    'S3_ACCESS_KEY_ID',
    'S3_SECRET_ACCESS_KEY',
    'DATABASE_URL',
    'TEMP_DIR',
    'RESULTS_DIR',
  ],
  ...[
    'API_KEYS',
    'REQUIRE_API_KEY',
    'DEBUG',
    'LOG_LEVEL',
    'LOG_FILE_PATH',
    'USE_JSON_LOGGING',
    'NANOBANANA2_EXTERNAL_API_KEY',
  ],
])('the promised variable %s is documented in both', (variable) => {
  expect(readWorkspaceFile('docs/configuration.md')).toContain(`\`${variable}\``);
  expect(readWorkspaceFile('.env.example')).toMatch(new RegExp(`^# ?${variable}=`, 'm'));
});

test('the promised alias TEMPORAL_ADDRESS is named beside its variable in both', () => {
  expect(readWorkspaceFile('docs/configuration.md')).toContain('| `TEMPORAL_HOST` or `TEMPORAL_ADDRESS` |');
  expect(readWorkspaceFile('.env.example')).toMatch(/Also read as TEMPORAL_ADDRESS\.\n# TEMPORAL_HOST=/);
});
