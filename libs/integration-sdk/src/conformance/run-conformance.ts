import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses } from '@darkroom/testing';
import { checkEnd } from './check-end.ts';
import { checkFiles } from './check-files.ts';
import { findSecrets } from './check-secrets.ts';
import type { ConformanceOptions, ConformanceVariant } from './conformance-options.ts';
import { allFaults, type Fault, type FaultId } from './faults/index.ts';
import { type PlayedFault, playFault } from './play-fault.ts';
import { renderResultsTable } from './results-table.ts';
import { changeVariant, setStage, type Stage } from './stage.ts';

const startTimeoutMs = 180_000;
const faultTimeoutMs = 120_000;

/**
 * Declares the tests that every integration has to pass: real PostgreSQL, Temporal and S3, `main` and a worker as processes,
 * and the simulator playing each fault on a call of its own.
 */
export function runConformance(options: ConformanceOptions): void {
  const variants = options.variants ?? [{ name: 'usual settings' }];
  describe(`conformance of ${options.package}, ${options.operation}`, () => {
    let stage: Stage | undefined;

    beforeAll(async () => {
      stage = await setStage(options, variants[0] ?? { name: 'usual settings' });
    }, startTimeoutMs);

    afterAll(async () => {
      await stage?.stop();
      await expectNoLeakedProcesses();
    }, startTimeoutMs);

    for (const [index, variant] of variants.entries()) {
      describe(variant.name, () =>
        declareVariant({ variant, isFirst: index === 0, options, stage: () => started(stage) }),
      );
    }
  });
}

function started(stage: Stage | undefined): Stage {
  if (stage === undefined) throw new Error('The system did not start: see the first error.');
  return stage;
}

interface VariantRun {
  variant: ConformanceVariant;
  isFirst: boolean;
  options: ConformanceOptions;
  stage: () => Stage;
}

function declareVariant({ variant, isFirst, options, stage }: VariantRun): void {
  const faults = (Object.entries(allFaults) as [FaultId, Fault][]).filter(([, fault]) =>
    isPlayed(fault, variant, isFirst),
  );
  const running = new Map<string, Promise<PlayedFault>>();
  const results = new Map<string, PlayedFault | undefined>();

  const begin = (fault: Fault) => {
    const playing = playFault(stage(), fault, options.input ?? {});
    results.set(fault.title, undefined);
    playing.then(
      (played) => results.set(fault.title, played),
      // The fault's own test shows the reason.
      () => undefined,
    );
    running.set(fault.title, playing);
    return playing;
  };

  beforeAll(async () => {
    if (!isFirst) await changeVariant(stage(), variant);
    for (const [, fault] of faults.filter(([, { alone }]) => !alone)) void begin(fault);
  }, startTimeoutMs);

  test.each(faults.map(([id, fault]) => ({ id, fault, title: fault.title })))(
    '$title',
    async ({ id, fault }) => {
      if (fault.alone) await Promise.allSettled(running.values());
      const played = await (running.get(fault.title) ?? begin(fault));
      const { limits } = stage().operation;
      const expected = { ...fault.expected(limits), ...variant.differences?.[id] };
      checkEnd(played, expected);
      if (expected.status === 'completed') await checkFiles(played.call);
    },
    faultTimeoutMs,
  );

  test('no secret is in calls, events, logs or workflow histories', async () => {
    const played = (await Promise.allSettled(running.values())).flatMap((result) =>
      result.status === 'fulfilled' ? [result.value] : [],
    );
    expect(played.length).toBeGreaterThan(0);
    expect(await findSecrets(stage(), played)).toEqual([]);
  });

  afterAll(() => {
    process.stdout.write(
      `${renderResultsTable(`${options.package}, ${options.operation}, ${variant.name}`, results)}\n`,
    );
  });
}

function isPlayed(fault: Fault, variant: ConformanceVariant, isFirst: boolean): boolean {
  if (fault.alone) return isFirst;
  return !fault.addresses || variant.deliversAddresses === true;
}
