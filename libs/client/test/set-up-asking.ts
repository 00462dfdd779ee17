import { beforeEach } from '@jest/globals';
import { createDarkroom, type Darkroom } from '../src/index.ts';
import { patient } from './patient.ts';
import { setUpTestApi } from './set-up-test-api.ts';
import type { TestRequest } from './test-api.ts';

/** What a call may be asked for by. */
export const wish = {
  integration: 'nanobanana2',
  operation: 'text-to-image',
  input: { prompt: 'a lighthouse at dawn' },
};

/** Starts an API for each test of a file, and makes a client of it with a key. */
export function setUpAsking() {
  const api = setUpTestApi();
  const darkroom = {} as Darkroom;
  beforeEach(() => {
    Object.assign(darkroom, createDarkroom({ ...patient, baseUrl: api.url, apiKey: 'key-of-alpha' }));
  });
  return {
    api,
    darkroom,
    sentTo: (path: string): TestRequest[] => api.requests.filter((request) => request.path === path),
  };
}
