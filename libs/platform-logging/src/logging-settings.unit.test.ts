import { loadSettings } from '@darkroom/platform-config';
import { expect, test } from '@jest/globals';
import { loggingSettings } from './logging-settings.ts';

const load = (environment: Record<string, string>) => loadSettings({ logging: loggingSettings }, environment).logging;

test('logs JSON from the level info on unless told otherwise', () => {
  expect(load({})).toEqual({ level: 'info', debug: false, json: true, filePath: undefined });
});

test.each(['WARN', 'Warn', 'warn'])('takes the level %s in any case', (level) => {
  expect(load({ LOG_LEVEL: level }).level).toBe('warn');
});

test('says which levels there are when it gets another', () => {
  expect(() => load({ LOG_LEVEL: 'loud' })).toThrow('expected one of trace, debug, info, warn, error, fatal, silent');
});
