import { z } from 'zod';

const lineSchema = z.looseObject({
  time: z.string(),
  level: z.string(),
  service: z.string(),
  message: z.string().default(''),
});

/** Turns a JSON log line into one line for people: `<time> ERROR main call failed call_id=… workflow_id=… code=…`. */
export function toReadableLine(jsonLine: string): string {
  const { time, level, service, message, call_id, workflow_id, error, ...fields } = lineSchema.parse(
    JSON.parse(jsonLine),
  );
  const named = { call_id, workflow_id, ...fields, ...errorFields(error) };
  const pairs = Object.entries(named).filter(([, value]) => value !== undefined);
  const words = [time, level.toUpperCase(), service, onOneLine(message), ...pairs.map(toPair)];
  return `${words.filter((word) => word !== '').join(' ')}\n`;
}

const errorSchema = z.looseObject({ type: z.string(), message: z.string(), stack: z.string().default('') });

function errorFields(error: unknown): Readonly<Record<string, unknown>> {
  const parsed = errorSchema.safeParse(error);
  if (!parsed.success) return { error };
  const { type, message, stack, ...rest } = parsed.data;
  return { error: `${type}: ${message}`, ...rest, stack: framesOf(stack) };
}

/** The frames of a stack in one line, innermost first. */
function framesOf(stack: string): string | undefined {
  const frames = stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '));
  return frames.length === 0 ? undefined : frames.join(' < ');
}

function toPair([name, value]: [string, unknown]): string {
  const isPlain = typeof value === 'string' && /^[^\s"=\p{C}]+$/u.test(value);
  return `${name}=${isPlain ? value : JSON.stringify(value)}`;
}

// A message with a line break could forge a second log line.
function onOneLine(message: string): string {
  return message.replace(/[\p{Cc}\u2028\u2029]/gu, (sign) => (sign === '\n' ? '\\n' : ' '));
}
