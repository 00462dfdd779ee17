import { briefFaults, runConformance } from '@darkroom/integration-sdk/conformance';

// Ark moderates with a definite 400: nothing is taken.
const refusedByModeration = { accepted: 0, refused: 1, paid: 0 };

await runConformance({
  package: '@darkroom/integrations-seedream',
  deliversAddresses: true,
  operations: [
    {
      operation: 'text-to-image',
      differences: {
        prompt_blocked: refusedByModeration,
        output_blocked: refusedByModeration,
        // The text stands where the image's bytes should be.
        text_instead: { code: 'provider_response_invalid' },
        // The one that fails is the only one.
        partial_failure: { status: 'failed', code: 'content_rejected' },
      },
    },
    { operation: 'text-to-image', input: { count: 3 }, faults: ['partial_failure'] },
    { operation: 'image-to-image', input: (picture) => ({ images: [picture] }), faults: briefFaults },
  ],
});
