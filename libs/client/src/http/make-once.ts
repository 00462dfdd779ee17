import { DarkroomError } from '../darkroom-error.ts';
import { newKey } from './new-key.ts';

/** By what Darkroom knows a wish again. */
type KeyName = 'idempotencyKey' | 'batchId';

/** Makes something under the key that was given, or under a new one. An error tells the key: what failed may have been made all the same. */
export async function makeOnce<Made>(
  name: KeyName,
  given: string | undefined,
  make: (key: string) => Promise<Made>,
): Promise<Made> {
  const key = given ?? newKey();
  try {
    return await make(key);
  } catch (fault) {
    if (!(fault instanceof DarkroomError)) throw fault;
    const { code, message, cause } = fault;
    const advice = given === undefined && mayBeMade(fault) ? ` ${repeatWith(name, key)}` : '';
    throw new DarkroomError(code, `${message}${advice}`, { ...fault, cause, [name]: key });
  }
}

function mayBeMade({ retryable, status = 500 }: DarkroomError): boolean {
  return retryable || status >= 500;
}

function repeatWith(name: KeyName, key: string): string {
  return `What was asked for may have been accepted all the same: repeat it with ${name}: '${key}', and it is made and paid once.`;
}
