import { z } from 'zod';
import { until } from '@darkroom/testing';

const readinessSchema = z.object({ dependencies: z.record(z.string(), z.object({ status: z.enum(['up', 'down']) })) });

/** Waits until a process says that something it needs is away. */
export async function untilAway(url: string, dependency: 'postgres' | 'temporal' | 'storage'): Promise<void> {
  await until(`${url} says that ${dependency} is away`, async () => {
    const { dependencies } = readinessSchema.parse(await (await fetch(`${url}/readyz`)).json());
    return dependencies[dependency]?.status === 'down';
  });
}
