import { startService, type ServiceOptions, type TestService } from '@darkroom/testing';

// Bundling workflows beside other work takes its time.
const readySeconds = 120;

/** Starts an app of the workspace and waits until it is ready; one that does not become so is stopped. */
export async function startReadyService(options: ServiceOptions): Promise<TestService> {
  const service = await startService(options);
  try {
    await service.waitUntilReady(readySeconds);
    return service;
  } catch (error) {
    await service.stop();
    throw error;
  }
}
