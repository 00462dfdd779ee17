import type { ComponentSpec } from '../deployment/component-spec.ts';
import { expectOk } from '../process/expect-ok.ts';
import { readLiveProcessRecord } from '../process/process-record.ts';
import { reasonOf } from '../process/until-ready.ts';
import type { ComponentStatus } from '../supervisor/messages.ts';
import { servedRecordFile } from './served-record-file.ts';

/** The status of a service that `darkroom serve` runs, which no supervisor knows of; nothing where it is not served. */
export async function servedStatus(spec: ComponentSpec, dataDirectory: string): Promise<ComponentStatus | undefined> {
  if (spec.kind !== 'service') return undefined;
  const record = readLiveProcessRecord(servedRecordFile(dataDirectory, spec.name));
  if (record === undefined) return undefined;
  return {
    name: spec.name,
    kind: spec.kind,
    status: 'served',
    pid: record.pid,
    ports: Object.values(spec.ports).map(({ number }) => number),
    addresses: spec.addresses,
    problem: await expectOk(spec.readyUrl).then(() => null, reasonOf),
  };
}
