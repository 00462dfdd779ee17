import { pino } from 'pino';
import { serializeError } from './error-field.ts';
import { openSinks } from './log-sinks.ts';
import { toReadableLine } from './readable-line.ts';
import { createSecretCleaner } from './secret-cleaner.ts';

export type Logger = pino.Logger;

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export interface LoggerOptions {
  /** The process's name; every line carries it. */
  readonly service: string;
  readonly level: LogLevel;
  /** Logs the level `debug` even where `level` says less. */
  readonly debug?: boolean;
  /** JSON lines, or lines for people. */
  readonly json: boolean;
  /** A file that takes every line in addition to the standard output. */
  readonly filePath?: string | undefined;
  /** Texts that no line may hold; each is replaced by `[secret]`. */
  readonly secrets?: readonly string[];
}

/**
 * A logger that writes each line before it returns, so that none is lost when the process ends.
 * Errors go into the field `error`. Throws a ConfigurationError where the file cannot be opened.
 */
export function createLogger({ service, level, debug = false, json, filePath, secrets = [] }: LoggerOptions): Logger {
  const clean = createSecretCleaner(secrets);
  const sinks = openSinks(filePath);
  const write = (line: string): void => {
    const text = clean(json ? line : toReadableLine(line));
    for (const sink of sinks) sink.write(text);
  };
  return pino(
    {
      level: debug && isAboveDebug(level) ? 'debug' : level,
      base: { service },
      errorKey: 'error',
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: serializeError, err: serializeError },
    },
    { write },
  );
}

function isAboveDebug(level: LogLevel): boolean {
  return level !== 'trace' && level !== 'debug';
}
