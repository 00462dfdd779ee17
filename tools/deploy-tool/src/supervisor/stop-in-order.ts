import { withProgress } from '../progress/report-progress.ts';
import type { SupervisedComponent } from './supervised-component.ts';

/** Stops components, each after all that need it: those that depend on it, and those that are to stop before it. */
export async function stopInOrder(
  components: readonly SupervisedComponent[],
  say: (name: string, text: string) => void,
): Promise<void> {
  const stops = new Map<string, Promise<void>>();
  const stop = (component: SupervisedComponent): Promise<void> => {
    const { name } = component.spec;
    const known = stops.get(name);
    if (known !== undefined) return known;
    const needing = components.filter(({ spec }) => spec.dependsOn.includes(name) || spec.stopsBefore.includes(name));
    const stopped = Promise.all(needing.map(stop)).then(async () => {
      await withProgress(
        (text) => say(name, text),
        'stopping',
        () => component.stop(),
      );
      say(name, 'stopped');
    });
    stops.set(name, stopped);
    return stopped;
  };
  await Promise.all(components.map(stop));
}
