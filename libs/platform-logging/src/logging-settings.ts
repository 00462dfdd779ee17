import { booleanFromText, defineSettings } from '@darkroom/platform-config';
import { z } from 'zod';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const levelFromText = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(levels, { error: `expected one of ${levels.join(', ')}` }));

/** What the operator can say about logs. The values are the options of createLogger. */
export const loggingSettings = defineSettings('Logging', {
  level: {
    variable: 'LOG_LEVEL',
    schema: levelFromText,
    default: 'info',
    description: `The least important level that is logged, in any case: ${levels.join(', ')}.`,
  },
  debug: {
    variable: 'DEBUG',
    schema: booleanFromText,
    default: 'false',
    description: 'With true, at least the level debug is logged, whatever LOG_LEVEL says.',
  },
  json: {
    variable: 'USE_JSON_LOGGING',
    schema: booleanFromText,
    default: 'true',
    description:
      'With true, a line is one JSON object; with false, one line for people: time, LEVEL, service, message, name=value.',
  },
  filePath: {
    variable: 'LOG_FILE_PATH',
    schema: z.string(),
    presence: 'optional',
    example: 'logs/app.log',
    description: 'A file that takes every line in addition to the standard output; its directory is created.',
  },
});
