import { AsyncTaskComponent } from '../../src/tasks/index.ts';
import { countWords } from './count-words.ts';
import { makeTrailer } from './make-trailer.ts';

export async function runTasks(temporalAddress: string): Promise<AsyncTaskComponent> {
  const component = new AsyncTaskComponent({ temporalAddress });
  component.registerAll([countWords, makeTrailer]);
  await component.start();
  return component;
}
