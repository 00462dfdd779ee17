import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from '../statistics/median.ts';

const writes = 100;

/** How long the disk takes to keep 4 KB for good: the least that a durable commit can take. */
export async function measureDurableWrite(directory: string): Promise<number> {
  const file = await open(join(directory, 'durable-write.probe'), 'w');
  try {
    const block = Buffer.alloc(4096, 1);
    const milliseconds: number[] = [];
    for (let index = 0; index < writes; index += 1) {
      const startedAt = performance.now();
      await file.write(block);
      await file.datasync();
      milliseconds.push(performance.now() - startedAt);
    }
    return median(milliseconds);
  } finally {
    await file.close();
  }
}
