import { brokenConnections } from './broken-connections.ts';
import { callbacks } from './callbacks.ts';
import { cancels } from './cancels.ts';
import { lateFiles } from './late-files.ts';
import { leakedKeys } from './leaked-keys.ts';
import { lists } from './lists.ts';
import { looks } from './looks.ts';
import { lostWorkers } from './lost-workers.ts';
import { refusals } from './refusals.ts';
import { results } from './results.ts';
import { taskEnds } from './task-ends.ts';
import { unclearAnswers } from './unclear-answers.ts';
import { uselessAnswers } from './useless-answers.ts';

/** Every fault that the kit plays, by its name, in the order of the table. */
export const allFaults = {
  ...refusals,
  ...unclearAnswers,
  ...brokenConnections,
  ...uselessAnswers,
  ...lists,
  ...looks,
  ...leakedKeys,
  ...taskEnds,
  ...results,
  ...lateFiles,
  ...callbacks,
  ...cancels,
  ...lostWorkers,
};
export type FaultId = keyof typeof allFaults;
export type { Fault } from './fault.ts';
