import { isSameProcessAlive } from './process-identity.ts';
import { readLiveProcessRecord, removeProcessRecord, type ProcessRecord } from './process-record.ts';
import { sendSignal } from './send-signal.ts';
import { waitUntil } from './wait-until.ts';

/** Stops the process of a record that outlived whoever started it, and answers with it. Others are left alone. */
export async function stopOrphan(recordPath: string): Promise<ProcessRecord | undefined> {
  const record = readLiveProcessRecord(recordPath);
  if (record === undefined || isSameProcessAlive(record.owner)) return undefined;
  const hasEnded = () => !isSameProcessAlive(record);
  sendSignal(record.pid, record.stopSignal as NodeJS.Signals);
  if (!(await waitUntil(hasEnded, { timeoutMilliseconds: record.stopSeconds * 1000 }))) {
    sendSignal(record.ownGroup ? -record.pid : record.pid, 'SIGKILL');
    await waitUntil(hasEnded, { timeoutMilliseconds: 5000 });
  }
  removeProcessRecord(recordPath);
  return record;
}
