import { type Dispatcher, type DispatcherTiming, startDispatcher } from '../src/dispatch/dispatcher.ts';
import { startableOperations } from '../src/dispatch/startable-operations.ts';
import type { CallRow } from '../src/database/schema.ts';
import type { EngineWatch } from '../src/engine/engine-watch.ts';
import type { Engine } from '../src/engine/engine.ts';
import type { BesideTemporalOfFile } from './set-up-beside-temporal.ts';
import { testDefinition } from './test-engine.ts';
import { until } from './until.ts';

interface Using {
  engine?: Engine;
  engineWatch?: EngineWatch;
  timing?: Partial<DispatcherTiming>;
}

/** What tests do with dispatchers. */
export interface Dispatching {
  /** Starts one, which is stopped after the test. */
  dispatch(using?: Using): Dispatcher;
  /** Starts one that nobody stops. */
  launch(using?: Using): Dispatcher;
  acceptMany(count: number): Promise<string[]>;
  hasStarted(callId: string): Promise<CallRow>;
}

export function dispatching(main: BesideTemporalOfFile): Dispatching {
  const launch = ({ engine = main.engine, engineWatch = main.engineWatch, timing = {} }: Using = {}) =>
    startDispatcher({
      ...main.changing,
      engine,
      engineWatch,
      operations: startableOperations([testDefinition]),
      storageRetrySeconds: 3600,
      timing: { sweepMilliseconds: 100, expiryMilliseconds: 100, ...timing },
    });
  return {
    launch,
    dispatch(using) {
      const dispatcher = launch(using);
      main.endLater(() => dispatcher.stop());
      return dispatcher;
    },
    acceptMany: (count) => Promise.all(Array.from({ length: count }, () => main.accept())),
    hasStarted: (callId) =>
      until(
        () => main.callOf(callId),
        ({ status }) => status === 'processing',
      ),
  };
}
