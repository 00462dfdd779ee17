import { bringUp } from '../client/bring-up.ts';
import { printLine, printSaid } from '../terminal/print.ts';
import type { CommandContext } from './command-context.ts';
import { addressLines } from './address-lines.ts';

/** Brings components up and leaves them running. */
export async function up(context: CommandContext, names: readonly string[]): Promise<void> {
  const { components } = await bringUp(context, { names, hold: false, hear: printSaid });
  printLine();
  addressLines(components).forEach(printLine);
  printLine('\n"npx darkroom down" stops them.');
}
