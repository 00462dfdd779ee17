import { join } from 'node:path';

/** Where `darkroom serve` notes the process of a service that it runs. */
export function servedRecordFile(dataDirectory: string, service: string): string {
  return join(dataDirectory, 'run', `served-${service}.json`);
}
