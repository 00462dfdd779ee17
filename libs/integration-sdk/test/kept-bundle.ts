import { openTemporaryFiles } from '@darkroom/platform-files';
import { bundleWorkflows, type WorkflowBundle } from '@darkroom/platform-temporal';
import { sharedTemporaryDirectory } from '@darkroom/testing';

/** A bundle that is kept between test files. */
export async function keptBundle(workflowsPath: string): Promise<WorkflowBundle> {
  const temporaryFiles = await openTemporaryFiles(sharedTemporaryDirectory);
  try {
    return await bundleWorkflows({ workflowsPath, temporaryFiles });
  } finally {
    await temporaryFiles.close();
  }
}
