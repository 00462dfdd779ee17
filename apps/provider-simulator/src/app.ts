import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from '@darkroom/platform-logging';
import { registerControl } from './control/control.routes.ts';
import { Artist } from './drawing/artist.ts';
import { FileShelf } from './files/file-shelf.ts';
import { registerFiles } from './files/files.route.ts';
import { registerHealth } from './health/health.routes.ts';
import { RequestMetrics } from './health/request-metrics.ts';
import { SubmissionLedger } from './ledger/submission-ledger.ts';
import { PlanBook } from './plans/plan-book.ts';
import { collectDialects } from './providers/collect-dialects.ts';
import { registerImageProvider } from './providers/image-provider.routes.ts';
import type { Simulation } from './simulation.ts';
import { CallbackSender } from './tasks/callback-sender.ts';
import { registerTaskProvider } from './tasks/task-provider.routes.ts';
import { TaskStore } from './tasks/task-store.ts';

export interface SimulatorOptions {
  /** Where the ledger and the files live. */
  readonly dataDirectory: string;
  /** Milliseconds before an answer where no plan says otherwise. */
  readonly latencyMs: number;
  /** A model exists where its name contains one of these. */
  readonly modelNames: readonly string[];
  readonly logger: Logger;
}

// Fourteen input images of a few megabytes each, in base64.
const longestBody = 96 * 1024 * 1024;

/** Builds the simulator; it listens nowhere yet. Closing it ends every request in flight and closes the ledger. */
export async function buildSimulator(options: SimulatorOptions): Promise<FastifyInstance> {
  const { dataDirectory, latencyMs, modelNames, logger } = options;
  const dialects = await collectDialects();
  await mkdir(dataDirectory, { recursive: true });
  const closing = new AbortController();
  const simulation: Simulation = {
    plans: new PlanBook(),
    ledger: await SubmissionLedger.open(join(dataDirectory, 'submissions.jsonl')),
    tasks: await TaskStore.open(join(dataDirectory, 'tasks.jsonl')),
    callbacks: new CallbackSender(() => simulation),
    artist: new Artist(),
    shelf: await FileShelf.open(join(dataDirectory, 'files')),
    metrics: new RequestMetrics(),
    logger,
    latencyMs,
    modelNames,
    closing: closing.signal,
  };

  const app = Fastify({ bodyLimit: longestBody, forceCloseConnections: true, routerOptions: { maxParamLength: 200 } });
  app.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  app.addHook('onClose', async () => {
    await Promise.all([simulation.ledger.close(), simulation.tasks.close()]);
  });

  registerHealth(app, simulation.ledger, simulation.metrics);
  registerFiles(app, simulation);
  for (const dialect of dialects.images) await registerImageProvider(app, dialect, simulation);
  for (const dialect of dialects.tasks) await registerTaskProvider(app, dialect, simulation);
  await registerControl(app, simulation, [...dialects.images, ...dialects.tasks]);
  return app;
}
