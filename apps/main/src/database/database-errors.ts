const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections; class 08 are connection exceptions. */
const serverCodes = /^(57P0[123]|53300|08...)$/;
/** pg gives these no code. */
const connectionMessages =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Query read timeout)/;

const lockNotAvailable = '55P03';
const queryCanceled = '57014';
const deadlockDetected = '40P01';
const uniqueViolation = '23505';

/** Whether the error says that PostgreSQL did not answer, or answered that it cannot now. */
export function isDatabaseAway(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return connectionCodes.has(code) || serverCodes.test(code);
  return error instanceof Error && connectionMessages.test(error.message);
}

/** Whether a statement was given up because a lock or the statement itself took too long, or because two waited for each other. */
export function isDatabaseBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code === lockNotAvailable || code === queryCanceled || code === deadlockDetected;
}

/** Whether the statement gave up waiting for another transaction that writes to the relation. */
export function isLockTimeoutOn(relation: string, error: unknown): boolean {
  if (codeOf(error) !== lockNotAvailable || typeof error !== 'object' || error === null || !('where' in error))
    return false;
  return typeof error.where === 'string' && error.where.includes(`"${relation}"`);
}

/** Whether the statement was refused, because the unique index has such an entry already. */
export function isUniqueViolationOn(index: string, error: unknown): boolean {
  if (codeOf(error) !== uniqueViolation || typeof error !== 'object' || error === null) return false;
  return 'constraint' in error && error.constraint === index;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
