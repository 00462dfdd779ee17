import { randomUUID } from 'node:crypto';
import { AppendOnlyFile } from './append-only-file.ts';
import type { MadeFile } from './made-file.schema.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import { ledgerRecordSchema, type LedgerRecord, type Submission } from './ledger-record.schema.ts';
import { mostAtOnce } from './most-at-once.ts';

/** What is known of a request when it is written down. */
export interface ReceivedRequest {
  readonly provider: string;
  readonly model: string | null;
  readonly prompt: string | null;
  readonly apiKey: string | undefined;
  /** What the dialect has to say besides. */
  readonly notes?: Readonly<Record<string, unknown>>;
}

/** Which requests to look at; without a condition, all. */
export interface SubmissionFilter {
  readonly match?: string | undefined;
  readonly keyFingerprint?: string | undefined;
}

/** What was submitted, and how many accepted requests were in flight at the same moment at most. */
export interface SubmissionReport {
  readonly accepted: number;
  readonly received: number;
  readonly maxConcurrent: number;
  readonly items: readonly Submission[];
}

/** A submission with its place in the order of all beginnings and ends, which is finer than the clock. */
interface Entry {
  submission: Submission;
  readonly began: number;
  ended?: number;
}

/** The count of what was submitted. It is on the disk before a request is answered, so it survives a kill. */
export class SubmissionLedger {
  readonly #file: AppendOnlyFile;
  readonly #entries = new Map<string, Entry>();
  #order = 0;

  private constructor(file: AppendOnlyFile) {
    this.#file = file;
  }

  static async open(path: string): Promise<SubmissionLedger> {
    const { file, lines } = await AppendOnlyFile.open(path);
    const ledger = new SubmissionLedger(file);
    for (const line of lines) ledger.#apply(ledgerRecordSchema.parse(JSON.parse(line)));
    ledger.#endInterrupted();
    return ledger;
  }

  /** Counts an accepted request; resolves when the count is on the disk. */
  accept(request: ReceivedRequest): Promise<Submission> {
    return this.#receive(request, { accepted: true, outcome: 'in_flight' });
  }

  /** Writes down a request that was refused, and why. */
  refuse(request: ReceivedRequest, reason: string): Promise<Submission> {
    return this.#receive(request, { accepted: false, outcome: reason, endedAt: new Date().toISOString() });
  }

  async end(id: string, outcome: string, results?: MadeFile[]): Promise<void> {
    await this.#record({ type: 'ended', id, at: new Date().toISOString(), outcome, ...(results && { results }) });
  }

  report({ match, keyFingerprint }: SubmissionFilter = {}): SubmissionReport {
    const entries = [...this.#entries.values()].filter(
      ({ submission }) =>
        (match === undefined || submission.prompt?.includes(match)) &&
        (keyFingerprint === undefined || submission.keyFingerprint === keyFingerprint),
    );
    const accepted = entries.filter(({ submission }) => submission.accepted);
    return {
      accepted: accepted.length,
      received: entries.length,
      maxConcurrent: mostAtOnce(accepted),
      items: entries.map(({ submission }) => submission),
    };
  }

  async reset(): Promise<void> {
    await this.#record({ type: 'reset' });
  }

  /** Whether the ledger can be written, for the readiness answer. */
  async check(): Promise<{ ready: boolean; detail?: string }> {
    try {
      await this.#file.sync();
      return { ready: true };
    } catch (error) {
      return { ready: false, detail: `The ledger cannot be written: ${String(error)}` };
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #receive(
    { apiKey, ...request }: ReceivedRequest,
    state: Pick<Submission, 'accepted' | 'outcome' | 'endedAt'>,
  ): Promise<Submission> {
    const submission = {
      id: `sub_${randomUUID()}`,
      at: new Date().toISOString(),
      ...request,
      keyFingerprint: apiKey === undefined ? null : keyFingerprint(apiKey),
      ...state,
    };
    await this.#record({ type: 'received', submission });
    return submission;
  }

  async #record(record: LedgerRecord): Promise<void> {
    const line = JSON.stringify(record);
    this.#apply(record);
    await this.#file.append(line);
  }

  #apply(record: LedgerRecord): void {
    this.#order += 1;
    if (record.type === 'received') {
      const { submission } = record;
      const began = this.#order;
      this.#entries.set(
        submission.id,
        submission.endedAt ? { submission, began, ended: began } : { submission, began },
      );
    } else if (record.type === 'ended') {
      this.#end(record);
    } else {
      this.#entries.clear();
    }
  }

  #end({ id, at, outcome, results }: Omit<Extract<LedgerRecord, { type: 'ended' }>, 'type'>): void {
    const entry = this.#entries.get(id);
    // After a reset, requests from before it may still end.
    if (!entry) return;
    entry.submission = { ...entry.submission, outcome, endedAt: at, ...(results && { results }) };
    entry.ended = this.#order;
  }

  #endInterrupted(): void {
    this.#order += 1;
    for (const { ended, submission } of this.#entries.values()) {
      if (ended === undefined) this.#end({ id: submission.id, at: submission.at, outcome: 'interrupted' });
    }
  }
}
