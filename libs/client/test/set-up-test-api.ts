import { afterEach, beforeEach } from '@jest/globals';
import { startTestApi, type TestApi } from './test-api.ts';

/** Starts an API for each test of a file, and stops it. What it answers can be used from the tests on, and is always that of the test. */
export function setUpTestApi(): TestApi {
  const api = {} as TestApi;
  beforeEach(async () => {
    Object.assign(api, await startTestApi());
  });
  afterEach(() => api.stop());
  return api;
}
