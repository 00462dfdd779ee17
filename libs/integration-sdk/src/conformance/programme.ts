import type { IntegrationDefinition } from '../definition/define-integration.ts';
import type { ConformanceOperation, ConformanceVariant } from './conformance-options.ts';
import { allFaults, type FaultId } from './faults/index.ts';
import type { Fault } from './faults/fault.ts';
import { traitsOf } from './operation-traits.ts';
import type { Play } from './play-fault.ts';

/** What is played on one operation, and why the rest is not. */
export interface Programme {
  operation: string;
  plays: Play[];
  leftOut: { title: string; reason: string }[];
  /** How many must be played at least. */
  fewest: number;
}

const usualFewest = 30;

export function programmeOf(
  definition: IntegrationDefinition,
  played: ConformanceOperation,
  { variant, isFirst, withKills }: { variant: ConformanceVariant; isFirst: boolean; withKills: boolean },
): Programme {
  const { operation, input = {}, faults } = played;
  const traits = traitsOf(definition, played, variant);
  const programme: Programme = { operation, plays: [], leftOut: [], fewest: faults?.length ?? usualFewest };
  for (const [id, fault] of Object.entries(allFaults) as [FaultId, Fault][]) {
    if (faults && !faults.includes(id)) continue;
    if (fault.deliveries && !fault.deliveries.includes(traits.delivery)) continue;
    const reason = fault.findObstacle?.(traits) ?? findObstacle(fault, { isFirst, withKills });
    if (reason === undefined) {
      const expected = { ...fault.expected(traits), ...played.differences?.[id], ...variant.differences?.[id] };
      programme.plays.push({ id, fault, operation, input, traits, expected });
    } else programme.leftOut.push({ title: fault.title, reason });
  }
  return programme;
}

function findObstacle(
  { setting, isQuick = false }: Fault,
  { isFirst, withKills }: { isFirst: boolean; withKills: boolean },
): string | undefined {
  if (setting === undefined) return undefined;
  if (!withKills && !isQuick) return 'It concerns everything in flight: `npm run test:faults` plays it.';
  return isFirst ? undefined : 'It has nothing to do with wire formats: it was played in the first variant.';
}
