import { step, TemporalAsyncTask } from '@darkroom/integration-sdk/tasks';

export const stepCount = 10;

/** Ten steps that do nothing, one after another, as the floor's ten activities. */
export const tenSteps = new TemporalAsyncTask({
  name: 'ten_steps',
  taskQueue: 'bench-tasks',
  task: async function* ({ value }: { value: number }) {
    let sum = value;
    for (let number = 1; number <= stepCount; number += 1) sum += yield* step(`step ${number}`, async () => number);
    return { sum };
  },
});
