import { benchAccounts } from '../rig/accounts.ts';
import type { Rig } from '../rig/start-rig.ts';

/** Makes sure that both sides store the same object, and returns its size. */
export async function checkSameWork({ darkroom, floorWorkflows }: Rig): Promise<{ imageBytes: number }> {
  const [account] = benchAccounts;
  if (account === undefined) throw new Error('There is no account to check with.');
  const ours = await darkroom.complete(account);
  const floor = await floorWorkflows.complete(account);
  if (ours.imageSha256 === floor.imageSha256) return { imageBytes: ours.imageBytes };
  throw new Error(
    `The two sides stored different objects (${ours.imageBytes} and ${floor.imageBytes} bytes): the floor's request must ask for the same image.`,
  );
}
