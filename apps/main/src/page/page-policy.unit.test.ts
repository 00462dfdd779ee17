import { expect, test } from '@jest/globals';
import { pagePolicy } from './page-policy.ts';

test.each([
  ['https://stream.example.com/v1/stream', 'https://stream.example.com wss://stream.example.com'],
  ['wss://stream.example.com/v1/stream', 'https://stream.example.com wss://stream.example.com'],
  ['http://localhost:3001/v1/stream', 'http://localhost:3001 ws://localhost:3001'],
])('a page may open %s by either way, and nothing that is less secure', (streamUrl, origins) => {
  expect(pagePolicy(streamUrl)).toContain(`connect-src 'self' ${origins};`);
});
