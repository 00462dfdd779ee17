import { extname, join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';

// Beside this file its sources lie, or what they were built to.
const workflowsPath = join(import.meta.dirname, `../workflows/async-task.workflow${extname(import.meta.filename)}`);

let bundled: Promise<WorkflowBundleOption> | undefined;

/** The bundle of the one workflow of all tasks: made by the given function, or once in a process. */
export function bundleTaskWorkflow(
  bundle?: (workflowsPath: string) => Promise<WorkflowBundleOption>,
): Promise<WorkflowBundleOption> {
  if (bundle) return bundle(workflowsPath);
  bundled ??= bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  return bundled;
}
