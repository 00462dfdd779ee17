import { playFault, type Play, type PlayedFault } from './play-fault.ts';
import { playKills } from './play-kills.ts';
import type { Stage } from './stage.ts';

/** Plays in their order; each play's own result can be waited for. */
export interface Schedule {
  start(stage: Stage): void;
  resultOf(play: Play): Promise<PlayedFault>;
}

// All of them at once would keep Temporal so busy that it answers nobody in time.
const mostSideBySide = 48;

/**
 * Those that need a clean list come first, one by one, then those that a late callback would leave waiting, then what can go side by side, then what
 * concerns everything in flight, one by one, and in the end the kills, together.
 */
export function createSchedule(plays: readonly Play[]): Schedule {
  const results = new Map(plays.map((play) => [play, Promise.withResolvers<PlayedFault>()]));
  // The play's own test shows the reason.
  for (const { promise } of results.values()) promise.catch(() => undefined);

  const settle = async (play: Play, playing: Promise<PlayedFault>) => {
    try {
      results.get(play)?.resolve(await playing);
    } catch (error) {
      results.get(play)?.reject(error);
    }
  };
  const oneByOne = async (stage: Stage, chosen: Iterable<Play>) => {
    for (const play of chosen) await settle(play, playFault(stage, play));
  };
  const sideBySide = (stage: Stage, chosen: readonly Play[]) => {
    const waiting = chosen.values();
    return Promise.all(Array.from({ length: mostSideBySide }, () => oneByOne(stage, waiting)));
  };

  const follow = async (stage: Stage) => {
    const kills = plays.filter(({ fault }) => fault.setting === 'kill');
    const alone = plays.filter(({ fault }) => fault.setting === 'alone');
    const together = plays.filter(({ fault }) => fault.setting === undefined);
    // Beside each other, a list would show one the task of the other that is just being reported.
    await oneByOne(
      stage,
      plays.filter((play) => play.fault.setting !== 'kill' && needsCleanList(play)),
    );
    const others = together.filter((play) => !needsCleanList(play));
    await sideBySide(stage, others.filter(isUnasked));
    await sideBySide(
      stage,
      others.filter((play) => !isUnasked(play)),
    );
    await oneByOne(
      stage,
      alone.filter((play) => !needsCleanList(play)),
    );
    const killing = playKills(stage, kills);
    await Promise.all(killing.map(({ play, played }) => settle(play, played)));
  };

  return {
    start: (stage) => void follow(stage),
    resultOf: (play) => results.get(play)?.promise ?? Promise.reject(new Error('It is not in the schedule.')),
  };
}

function needsCleanList({ fault, traits }: Play): boolean {
  return fault.needsCleanList?.(traits) ?? false;
}

function isUnasked({ fault }: Play): boolean {
  return fault.isUnasked ?? false;
}
