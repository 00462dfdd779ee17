import type { Rig } from '../rig/start-rig.ts';
import type { RoundsOptions } from '../rounds/alternate-rounds.ts';

/** What every measurement gets. */
export interface MeasurementContext {
  readonly rig: Rig;
  readonly rounds: RoundsOptions;
  /** The usual length of a round is multiplied by it. */
  readonly length: number;
}
