import type { ExpectedEnd } from './expected-end.ts';
import type { FaultId } from './faults/index.ts';

/** One way to run the integration, for instance one of its dialects. */
export interface ConformanceVariant {
  name: string;
  /** Settings that differ from the simulator's usual ones, by the definition's names. */
  settings?: Record<string, string>;
  /** Where this provider's own words lead to another end than the kit expects, with the reason in a comment. */
  differences?: Partial<Record<FaultId, Partial<ExpectedEnd>>>;
  /** Whether the provider hands out addresses instead of bytes when it is asked to: then the faults of addresses are played too. */
  deliversAddresses?: boolean;
}

export interface ConformanceOptions {
  /** The integration's package, for instance `@darkroom/integrations-nanobanana2`. */
  package: string;
  /** The operation to play the faults on. Its input must have a `prompt`. */
  operation: string;
  /** What else the input holds. */
  input?: Record<string, unknown>;
  /** Default: one, with the simulator's usual settings. */
  variants?: ConformanceVariant[];
}
