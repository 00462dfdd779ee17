import { AsyncTaskError } from './task-errors.ts';

const kilobyte = 1024;

/** The largest params of a task, and the largest result, as JSON in bytes. */
export const largestTaskValue = 256 * kilobyte;

/** The largest result of one step. */
export const largestStepResult = 64 * kilobyte;

/** The results and failures of all steps of a task together: each step is handed all of them. */
export const largestRecords = 256 * kilobyte;

interface ValueRules {
  /** How the value is called in a message: "The result of the step "draw"". */
  readonly what: string;
  readonly largest: number;
}

/**
 * The value as it comes back from Temporal, so that code sees the same now and on a replay. `undefined` stays. Throws an AsyncTaskError that is not retryable: `not_json`
 * where JSON cannot hold it, `too_large` above the limit.
 */
export function asJson(value: unknown, { what, largest }: ValueRules): unknown {
  if (value === undefined) return undefined;
  const fault = findFault(value, '', []);
  if (fault !== undefined) {
    throw new AsyncTaskError(
      'not_json',
      `${what} must be JSON, and ${fault}: use plain objects, arrays, texts and numbers.`,
      { retryable: false },
    );
  }
  const text = JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  if (bytes > largest) throw tooLarge(`${what} has ${bytes} bytes, and ${largest} is the limit`);
  return JSON.parse(text) as unknown;
}

export function tooLarge(fact: string): AsyncTaskError {
  return new AsyncTaskError('too_large', `${fact}: store it as an artifact and pass its id.`, { retryable: false });
}

function findFault(value: unknown, path: string, around: readonly unknown[]): string | undefined {
  const place = path === '' ? 'it' : `its ${path}`;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${place} is ${value}`;
  if (typeof value !== 'object') return `${place} is ${value === undefined ? 'undefined' : `a ${typeof value}`}`;
  if (around.includes(value)) return `${place} contains itself`;
  if (!Array.isArray(value) && !isPlainObject(value)) return `${place} is a ${value.constructor.name}`;
  for (const [key, entry] of Object.entries(value)) {
    // JSON leaves such a property out; in an array it would become null.
    if (entry === undefined && !Array.isArray(value)) continue;
    const next = Array.isArray(value) ? `${path}[${key}]` : `${path}${path === '' ? '' : '.'}${key}`;
    const fault = findFault(entry, next, [...around, value]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Also of another realm: its prototype has none itself. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
