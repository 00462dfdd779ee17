import { runConformance } from '@darkroom/integration-sdk/conformance';

// The provider refuses a blocked prompt with a 422 of its own, and its slow answer is the result or that 422: nothing is taken.
const refusedByModeration = { accepted: 0, refused: 1, paid: 0 };

await runConformance({
  package: '@darkroom/integrations-example',
  withKills: true,
  operations: [
    {
      operation: 'text-to-image',
      differences: { prompt_blocked: refusedByModeration, output_blocked: refusedByModeration },
    },
    { operation: 'text-to-image-polled', proof: 'list', cancels: 'queued' },
    { operation: 'text-to-image-callback' },
  ],
});
