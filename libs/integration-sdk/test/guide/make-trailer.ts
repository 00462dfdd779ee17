import { AsyncTaskStepError, step, TemporalAsyncTask } from '../../src/tasks/index.ts';
import { askStudio } from './ask-studio.ts';

export const makeTrailer = new TemporalAsyncTask({
  name: 'make_trailer',
  retryPolicy: { maxRetries: 5, initialDelay: 200 },
  task: async function* ({ studioUrl, topic }: { studioUrl: string; topic: string }, { taskId }) {
    const script = yield* step('script', ({ signal }) => askStudio(studioUrl, { work: 'script', topic, signal }));
    const storyboard = yield* step('storyboard', ({ signal }) =>
      askStudio(studioUrl, { work: 'storyboard', topic: script, signal }),
    );
    let voice = 'silent';
    try {
      voice = yield* step('voice', ({ signal }) => askStudio(studioUrl, { work: 'voice', topic: script, signal }));
    } catch (error) {
      // A trailer without a voice is better than none.
      if (!(error instanceof AsyncTaskStepError)) throw error;
    }
    const video = yield* step('render', ({ signal }) =>
      askStudio(studioUrl, { work: 'render', topic: `${storyboard}, ${voice}`, signal }),
    );
    // The name makes a second execution of the step replace the first.
    const address = yield* step('publish', ({ signal }) =>
      askStudio(studioUrl, { work: `publish/${taskId}`, topic: video, signal }),
    );
    return { address, voice };
  },
});
