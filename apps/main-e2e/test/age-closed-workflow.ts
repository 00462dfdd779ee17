import { DatabaseSync } from 'node:sqlite';
import type { TestTemporal } from '@darkroom/testing';

/** Has Temporal, which must be stopped meanwhile, take a closed workflow for one that closed so many days earlier. */
export function ageClosedWorkflow({ databaseFile }: TestTemporal, workflowId: string, days: number): void {
  // Temporal's schema writes texts in double quotes.
  const database = new DatabaseSync(databaseFile(), { enableDoubleQuotedStringLiterals: true });
  try {
    const { changes } = database
      .prepare(
        `update executions_visibility set close_time = strftime('%Y-%m-%d %H:%M:%f+00:00', close_time, ?)
         where workflow_id = ? and close_time is not null`,
      )
      .run(`-${days} days`, workflowId);
    if (changes !== 1) throw new Error(`Temporal lists ${changes} closed workflows ${workflowId}.`);
  } finally {
    database.close();
  }
}
