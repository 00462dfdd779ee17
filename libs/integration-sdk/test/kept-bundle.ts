import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTemporaryFiles } from '@darkroom/platform-files';
import { bundleWorkflows, type WorkflowBundle } from '@darkroom/platform-temporal';

/** A bundle that is kept between test files. */
export async function keptBundle(workflowsPath: string): Promise<WorkflowBundle> {
  const temporaryFiles = await openTemporaryFiles(join(tmpdir(), 'darkroom-test-bundles'));
  try {
    return await bundleWorkflows({ workflowsPath, temporaryFiles });
  } finally {
    await temporaryFiles.close();
  }
}
