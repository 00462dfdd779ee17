import type { MediaReference } from '@darkroom/contract';
import type { ExpectedEnd } from './expected-end.ts';
import type { FaultId } from './faults/index.ts';

/** How it can be found out what became of a submission that got no answer. */
export type Proof = 'callback' | 'list' | 'callback_and_list' | 'none';

export type Differences = Partial<Record<FaultId, Partial<ExpectedEnd>>>;

/** One operation to play the faults on, and what its definition does not tell of it. Its input must have a `prompt`. */
export interface ConformanceOperation {
  operation: string;
  /** What else the input holds; with a picture that was uploaded, where it needs one. */
  input?: Record<string, unknown> | ((picture: MediaReference) => Record<string, unknown>);
  /** The few that are played, where the provider's words are the same as for another operation. Default: all. */
  faults?: readonly FaultId[];
  /** Default: `callback` where that is the delivery, otherwise `none`. */
  proof?: Proof;
  /** Which tasks the provider cancels: those that wait in its queue, or none (default). */
  cancels?: 'queued' | 'never';
  /** What the provider's own "unavailable" says of a submission: that it was not taken (default), or nothing. */
  whenUnavailable?: 'refused' | 'unclear';
  /** Where the provider's own words lead to another end of this operation than the kit expects, with the reason in a comment. */
  differences?: Differences;
}

/** One way to run the integration, for instance one of its dialects. */
export interface ConformanceVariant {
  name: string;
  /** Settings that differ from the simulator's usual ones, by the definition's names. */
  settings?: Record<string, string>;
  /** As those of an operation, for this variant. */
  differences?: Differences;
  /** Whether a provider that answers with the result hands out addresses instead of bytes: then the faults of addresses are played too. */
  deliversAddresses?: boolean;
}

interface Played extends Pick<ConformanceVariant, 'deliversAddresses'> {
  /** The integration's package, for instance `@darkroom/integrations-nanobanana2`. */
  package: string;
  /** Default: one, with the simulator's usual settings. */
  variants?: ConformanceVariant[];
  /** Whether the faults that concern everything in flight, kills of the worker for instance, are played in every run. Default: in `npm run test:faults`. */
  withKills?: boolean;
}

/** What a package plays: one operation, or several on one stage. */
export type ConformanceOptions = Played & (ConformanceOperation | { operations: ConformanceOperation[] });

export function operationsOf(options: ConformanceOptions): ConformanceOperation[] {
  return 'operations' in options ? options.operations : [options];
}

export function variantsOf({ variants, deliversAddresses = false }: ConformanceOptions): ConformanceVariant[] {
  return variants ?? [{ name: 'usual settings', deliversAddresses }];
}
