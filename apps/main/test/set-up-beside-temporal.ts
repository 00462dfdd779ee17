import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import type { TestMiddleware } from '@darkroom/testing';
import { createEngineWatch, type EngineWatch } from '../src/engine/engine-watch.ts';
import type { Engine } from '../src/engine/engine.ts';
import { createTemporalEngine } from '../src/engine/temporal-engine.ts';
import { type InternalSide, openInternalSide } from './internal-side.ts';
import { type OnMiddleware, setUpOnMiddleware } from './set-up-on-middleware.ts';

/** The inside of `main` beside a real Temporal. */
export interface BesideTemporal extends InternalSide {
  temporal: TemporalClient;
  engine: Engine;
  engineWatch: EngineWatch;
}

export type BesideTemporalOfFile = BesideTemporal & OnMiddleware;

/** Opens the inside of `main` for each test on an empty database, beside the Temporal of the run. */
export function setUpBesideTemporal(): BesideTemporalOfFile {
  return setUpOnMiddleware(openBesideTemporal, { wanted: { postgres: 'shared', temporal: 'shared' }, per: 'test' });
}

export async function openBesideTemporal(middleware: TestMiddleware): Promise<BesideTemporal> {
  const main = await openInternalSide(await middleware.postgres.createDatabase());
  const temporal = connectClient({ ...middleware.temporal, identity: 'test' });
  const engine = createTemporalEngine(temporal.client);
  const engineWatch = createEngineWatch({ engine, logger: main.changing.logger });
  const close = async () => {
    await main.close();
    await temporal.close();
  };
  return { ...main, temporal, engine, engineWatch, close };
}
