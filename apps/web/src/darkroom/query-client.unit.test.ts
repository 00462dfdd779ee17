import { afterEach, expect, test } from '@jest/globals';
import { onlineManager } from '@tanstack/react-query';

// The client of the page is made for the page's own address.
Object.assign(globalThis, { location: { origin: 'http://localhost' } });
const { createQueryClient } = await import('./query-client.ts');

afterEach(() => onlineManager.setOnline(true));

test('a Darkroom on this computer is asked also without a network', async () => {
  onlineManager.setOnline(false);
  const queryClient = createQueryClient();
  const answer = await queryClient.fetchQuery({ queryKey: ['calls'], queryFn: () => Promise.resolve('answered') });
  queryClient.clear();

  expect(answer).toBe('answered');
});
