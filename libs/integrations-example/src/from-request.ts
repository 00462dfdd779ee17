import { sizesOfPixels, takeImageRequests } from '@darkroom/integration-sdk';

/** What the provider makes of a request that names no provider: a table, and the SDK says what is not honoured. */
export const fromRequest = takeImageRequests({
  maxPromptLength: 2000,
  sizes: sizesOfPixels('size', ['512x512', '1024x1024']),
});
