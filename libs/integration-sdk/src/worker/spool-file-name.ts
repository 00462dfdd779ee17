import { isId } from '@darkroom/contract';

/** Which process wrote a spool file. */
export interface SpoolOwner {
  host: string;
  pid: number;
  /** Tells two processes apart that had the same pid one after the other, as in containers. */
  nonce: string;
}

/** What the name of a spool file says. */
export interface SpoolFile {
  callId: string;
  attempt: number;
  owner: SpoolOwner;
}

const pattern = /^(call_[0-9a-z]+)\.(\d+)\.([A-Za-z0-9-]+)\.(\d+)\.([0-9a-f]+)\.answer$/;

export function toSpoolFileName({ callId, attempt, owner }: SpoolFile): string {
  return `${callId}.${attempt}.${owner.host.replaceAll(/[^A-Za-z0-9-]/g, '-')}.${owner.pid}.${owner.nonce}.answer`;
}

/** Undefined for a file that is not a spooled answer. */
export function fromSpoolFileName(fileName: string): SpoolFile | undefined {
  const match = pattern.exec(fileName);
  if (!match) return undefined;
  const [, callId = '', attempt, host = '', pid, nonce = ''] = match;
  if (!isId('call', callId)) return undefined;
  return { callId, attempt: Number(attempt), owner: { host, pid: Number(pid), nonce } };
}

/**
 * Whether nobody works on the file any more. Another host's process cannot be looked at: there a file counts as left behind
 * when it was not touched for as long as its owner would have missed several heartbeats.
 */
export function isLeftBehind({
  file,
  self,
  isAlive,
  untouchedMs,
}: {
  file: SpoolFile;
  self: SpoolOwner;
  isAlive: (pid: number) => boolean;
  untouchedMs: number;
}): boolean {
  if (untouchedMs > untouchedLimitMs) return true;
  const { host, pid, nonce } = file.owner;
  if (host !== self.host) return false;
  if (pid === self.pid) return nonce !== self.nonce;
  return !isAlive(pid);
}

const untouchedLimitMs = 30_000;
