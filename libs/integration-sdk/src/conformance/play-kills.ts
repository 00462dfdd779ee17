import type { Call } from '@darkroom/contract';
import { playFault, type Play, type PlayedFault } from './play-fault.ts';
import type { Stage } from './stage.ts';
import { waitForLog } from './wait-for-event.ts';

/**
 * Brings a call to each step and kills the worker once for all of them. `main` is away then, so that there are reports that nobody has
 * taken: the calls that are about to report begin last, because they go on by themselves. Answers at once; what each play comes to is told
 * one by one.
 */
export function playKills(stage: Stage, plays: readonly Play[]): { play: Play; played: Promise<PlayedFault> }[] {
  if (plays.length === 0) return [];
  const arrivals = plays.map((play) => ({ play, ...Promise.withResolvers<Call | undefined>() }));
  const arrivalsOf = (reporting: boolean) =>
    Promise.all(
      arrivals
        .filter(({ play: { fault } }) => (fault.losesReport ?? false) === reporting)
        .map(({ promise }) => promise),
    );
  const othersArrived = arrivalsOf(false);
  const killed = othersArrived
    .then(() => arrivalsOf(true))
    .then((calls) =>
      killWorker(
        stage,
        calls.flatMap((call) => call ?? []),
      ),
    );
  const playOne = async (play: Play, index: number) => {
    try {
      if (play.fault.losesReport) await othersArrived;
      return await playFault(stage, play, async (call) => {
        arrivals[index]?.resolve(call);
        await killed;
      });
    } finally {
      // One that failed on its way must not keep the others waiting.
      arrivals[index]?.resolve(undefined);
    }
  };
  return plays.map((play, index) => ({ play, played: playOne(play, index) }));
}

async function killWorker({ stack, worker, ...stage }: Stage, reporting: readonly Call[]): Promise<void> {
  await stack.main.service.kill();
  for (const { id } of reporting)
    await waitForLog({ ...stage, stack, worker }, { callId: id, text: 'main did not take the report yet' });
  await worker.service.kill();
  await stack.main.start();
  await worker.start();
}
