import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const run = promisify(execFile);
let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'darkroom-logging-'));
  file = join(directory, 'logs', 'app.log');
});
afterEach(() => rm(directory, { recursive: true }));

/** Runs statements in a process of their own that is configured by its environment, as a service is. */
async function logFrom(statements: string, environment: Record<string, string> = {}) {
  const program = `
    import { loadSettings } from '@darkroom/platform-config';
    import { callLogger, createLogger, loggingSettings } from ${JSON.stringify(import.meta.resolve('./index.ts'))};
    const { logging } = loadSettings({ logging: loggingSettings }, process.env);
    const logger = createLogger({ service: 'main', ...logging, secrets: ['sk-live-123456'] });
    const calls = callLogger(logger, { callId: 'call_01', workflowId: 'call_01' });
    ${statements}`;
  const args = ['--conditions=@darkroom/source', '--input-type=module', '--eval', program];
  const env = { PATH: process.env['PATH'], LOG_FILE_PATH: file, ...environment };
  return run(process.execPath, args, { cwd: import.meta.dirname, env });
}

async function grep(pattern: string): Promise<string[]> {
  const { stdout } = await run('grep', [pattern, 'logs/app.log'], { cwd: directory });
  return stdout.trimEnd().split('\n');
}

const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('readable lines (USE_JSON_LOGGING=false)', () => {
  const readable = { USE_JSON_LOGGING: 'false' };

  test('are found by grep "ERROR" and by grep "workflow_id=…"', async () => {
    await logFrom(
      `calls.info('call accepted');
       calls.error({ error: new Error('no such\\nmodel'), code: 'provider_rejected' }, 'call failed');
       logger.info('other business');`,
      readable,
    );

    const errors = await grep('ERROR');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z ERROR main call failed call_id=call_01 workflow_id=call_01 code=provider_rejected error="Error: no such\\nmodel" stack="at /,
    );
    expect(await grep('workflow_id=call_01')).toHaveLength(2);
  });

  test('cannot be forged by a message or a field with a line break', async () => {
    await logFrom(
      `logger.info({ prompt: 'a\\n2026 ERROR main b' }, 'one\\n2026-01-01T00:00:00Z ERROR main two');`,
      readable,
    );

    expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(1);
  });

  test('hold a quoted value where it has blanks, and JSON where it has parts', async () => {
    await logFrom(
      `logger.info({ reason: 'two words', size: { width: 2 }, none: undefined, zero: 0 }, 'stored');`,
      readable,
    );

    expect(await grep('INFO')).toEqual([
      expect.stringContaining('main stored reason="two words" size={"width":2} zero=0'),
    ]);
  });
});

describe('JSON lines', () => {
  test('name the level in words and carry the call, on the standard output and in the file alike', async () => {
    const { stdout } = await logFrom(`calls.warn({ attempt: 2 }, 'submitting again');`);

    expect(jsonLines(stdout)).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        service: 'main',
        call_id: 'call_01',
        workflow_id: 'call_01',
        attempt: 2,
        message: 'submitting again',
      },
    ]);
    expect(await readFile(file, 'utf8')).toBe(stdout);
  });

  test('show an error with its stack and its causes, but not what clients hang on it', async () => {
    const { stdout } = await logFrom(
      `const error = Object.assign(new TypeError('outer', { cause: new Error('inner') }), { code: 'E1', request: 'headers' });
       logger.error(error);`,
    );

    expect(jsonLines(stdout)).toEqual([
      expect.objectContaining({
        level: 'error',
        message: 'outer',
        error: {
          type: 'TypeError',
          message: 'outer',
          code: 'E1',
          stack: expect.stringContaining('TypeError: outer\n    at '),
          cause: { type: 'Error', message: 'inner', stack: expect.any(String) },
        },
      }),
    ]);
  });
});

test.each(['true', 'false'])('no line holds a secret (USE_JSON_LOGGING=%s)', async (json) => {
  await logFrom(
    `logger.error({ error: new Error('key sk-live-123456 refused'), url: 'http://x/?key=sk-live-123456' }, 'sk-live-123456');`,
    { USE_JSON_LOGGING: json },
  );

  const text = await readFile(file, 'utf8');
  expect(text).not.toContain('sk-live');
  expect(text.match(/\[secret\]/g)?.length).toBeGreaterThanOrEqual(3);
});

test('loses no line when the process ends at once', async () => {
  const { stdout } = await logFrom(`for (let n = 1; n <= 2000; n += 1) logger.info({ n }, 'line'); process.exit(0);`);

  expect(jsonLines(stdout)).toHaveLength(2000);
  expect(jsonLines(await readFile(file, 'utf8'))).toHaveLength(2000);
});

test.each([
  [{ LOG_LEVEL: 'WARN' }, ['warn']],
  [{ DEBUG: 'true', LOG_LEVEL: 'error' }, ['debug', 'info', 'warn']],
  [{ DEBUG: 'true', LOG_LEVEL: 'trace' }, ['trace', 'debug', 'info', 'warn']],
  [{}, ['info', 'warn']],
])('with %j logs the levels %j', async (environment, levels) => {
  const { stdout } = await logFrom(
    `for (const level of ['trace', 'debug', 'info', 'warn']) logger[level](level);`,
    environment,
  );

  expect(jsonLines(stdout).map(({ level }) => level)).toEqual(levels);
});

test('adds to a file that is already there', async () => {
  await logFrom(`logger.info('first')`);
  await logFrom(`logger.info('second')`);

  expect(jsonLines(await readFile(file, 'utf8')).map(({ message }) => message)).toEqual(['first', 'second']);
});

test('says which variable to change where the file cannot be written', async () => {
  await writeFile(join(directory, 'taken'), '');

  await expect(logFrom(`logger.info('never')`, { LOG_FILE_PATH: join(directory, 'taken', 'app.log') })).rejects.toThrow(
    /LOG_FILE_PATH names a file that cannot be written .*Choose a path/,
  );
});
