import type { Call } from '@darkroom/contract';
import { playFault, type Play, type PlayedFault } from './play-fault.ts';
import type { Stage } from './stage.ts';
import { waitForLog } from './wait-for-event.ts';

/**
 * Brings a call to each step and kills the worker once for all of them. `main` is away then, so that there are reports that nobody has
 * taken. Answers at once; what each play comes to is told one by one.
 */
export function playKills(stage: Stage, plays: readonly Play[]): { play: Play; played: Promise<PlayedFault> }[] {
  if (plays.length === 0) return [];
  const arrivals = plays.map(() => Promise.withResolvers<Call | undefined>());
  const killed = Promise.all(arrivals.map(({ promise }) => promise)).then((calls) =>
    killWorker(
      stage,
      calls.flatMap((call, index) => (call && plays[index]?.fault.losesReport ? [call] : [])),
    ),
  );
  const playOne = async (play: Play, index: number) => {
    try {
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
