import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses } from '@darkroom/testing';
import { checkEnd } from './check-end.ts';
import { checkFiles } from './check-files.ts';
import { findSecrets } from './check-secrets.ts';
import { playsEveryFault } from './config.ts';
import { type ConformanceOptions, type ConformanceVariant, operationsOf, variantsOf } from './conformance-options.ts';
import { loadDefinition } from './load-definition.ts';
import type { PlayedFault } from './play-fault.ts';
import { type Programme, programmeOf } from './programme.ts';
import { renderResultsTable } from './results-table.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import { changeVariant, setStage, type Stage } from './stage.ts';

// Plays wait for those before them.
const faultTimeoutMs = 480_000;

/**
 * Declares the tests that every integration has to pass: real PostgreSQL, Temporal and S3, `main` and a worker as processes,
 * and the simulator playing each fault on a call of its own.
 */
export async function runConformance(options: ConformanceOptions): Promise<void> {
  const definition = await loadDefinition(options.package);
  const variants = variantsOf(options);
  const [firstVariant = { name: 'usual settings' }] = variants;
  const withKills = playsEveryFault || options.withKills === true;

  describe(`conformance of ${options.package}`, () => {
    let stage: Stage | undefined;
    const started = () => {
      if (stage === undefined) throw new Error('The system did not start: see the first error.');
      return stage;
    };

    const beganAt = performance.now();

    beforeAll(async () => {
      stage = await setStage(definition, operationsOf(options), firstVariant);
    });

    afterAll(async () => {
      await stage?.stop();
      await expectNoLeakedProcesses();
      const seconds = Math.round((performance.now() - beganAt) / 1000);
      process.stdout.write(`${options.package}: the kit took ${seconds} s\n`);
    });

    for (const variant of variants) {
      const isFirst = variant === variants[0];
      const programmes = operationsOf(options).map((operation) =>
        programmeOf(definition, operation, { variant, isFirst, withKills }),
      );
      describe(variant.name, () => declareVariant({ variant, isFirst, programmes, started }));
    }
  });
}

interface VariantRun {
  variant: ConformanceVariant;
  isFirst: boolean;
  programmes: readonly Programme[];
  started: () => Stage;
}

function declareVariant({ variant, isFirst, programmes, started }: VariantRun): void {
  const plays = programmes.flatMap((programme) => programme.plays);
  const schedule = createSchedule(plays);

  beforeAll(async () => {
    if (!isFirst) await changeVariant(started(), variant);
    schedule.start(started());
  });

  for (const programme of programmes) declareOperation(programme, { variant, schedule });

  test(
    'no secret is in calls, events, logs or workflow histories',
    async () => {
      const results = await Promise.allSettled(plays.map((play) => schedule.resultOf(play)));
      const played = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(played.length).toBeGreaterThan(0);
      expect(await findSecrets(started(), played)).toEqual([]);
    },
    faultTimeoutMs,
  );
}

function declareOperation(
  { operation, plays, leftOut, fewest }: Programme,
  { variant, schedule }: { variant: ConformanceVariant; schedule: Schedule },
): void {
  const results = new Map<string, PlayedFault | undefined>();

  describe(operation, () => {
    test.each(plays.map((play) => ({ play, title: play.fault.title })))(
      '$title',
      async ({ play, title }) => {
        results.set(title, undefined);
        const played = await schedule.resultOf(play);
        results.set(title, played);
        if (played.isUnplayable) return;
        checkEnd(played, play.expected);
        if (play.expected.status === 'completed') await checkFiles(played);
      },
      faultTimeoutMs,
    );

    test(`at least ${fewest} faults were played`, () => {
      const played = [...results.values()].filter((result) => result?.isUnplayable === false);
      expect(played.length).toBeGreaterThanOrEqual(fewest);
    });

    afterAll(() => {
      process.stdout.write(`${renderResultsTable(`${operation}, ${variant.name}`, { results, leftOut })}\n`);
    });
  });
}
