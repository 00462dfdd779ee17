import { runConformance } from '@darkroom/integration-sdk/conformance';

// Ark moderates with a definite 400: nothing is taken.
const refusedByModeration = { accepted: 0, refused: 1, paid: 0 };

await runConformance({
  package: '@darkroom/integrations-seedream',
  operation: 'text-to-image',
  deliversAddresses: true,
  differences: {
    prompt_blocked: refusedByModeration,
    output_blocked: refusedByModeration,
    // The text stands where the image's bytes should be.
    text_instead: { code: 'provider_response_invalid' },
  },
});
