import type {
  ArtifactPlace,
  CallReport,
  CallReportAnswer,
  ClaimDecision,
  ClaimedExternalIds,
  ExternalIdsQuery,
  KnownCall,
  SpooledAnswers,
  SubmissionClaim,
} from '@darkroom/contract';

/** Where an answer is kept: one for each submission. */
export interface SpoolAddress {
  callId: string;
  attempt: number;
}

/**
 * The internal API of `main`. Every method fails where `main` does not answer or answers with an error: then nothing is known
 * to have happened, and asking again with the same arguments is safe.
 */
export interface MainClient {
  /** Undefined where `main` has no such call. */
  getCall(callId: string): Promise<KnownCall | undefined>;
  /** Undefined where `main` has no such call. */
  claim(callId: string, claim: SubmissionClaim): Promise<ClaimDecision | undefined>;
  /** Undefined where `main` has no such call. */
  report(callId: string, report: CallReport): Promise<CallReportAnswer | undefined>;
  /** Keeps a paid answer until storage has it. A repeat with the same bytes is success. */
  putSpool(address: SpoolAddress, bytes: Uint8Array): Promise<void>;
  /** Undefined where nothing is kept. */
  getSpool(address: SpoolAddress): Promise<Uint8Array | undefined>;
  /** Forgets an answer if it still has this hash. */
  deleteSpool(address: SpoolAddress, sha256: string): Promise<void>;
  /** The answers that are kept though their call has ended. */
  listEndedSpool(): Promise<SpooledAnswers>;
  /** Where the bytes of an account's artifact are. */
  findArtifact(accountId: string, artifactId: string): Promise<ArtifactPlace>;
  /** Which of these tasks of a provider belong to a submission that `main` knows. */
  claimedExternalIds(query: ExternalIdsQuery): Promise<ClaimedExternalIds>;
}
