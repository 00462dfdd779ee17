import { briefFaults, runConformance } from '@darkroom/integration-sdk/conformance';

// The images API moderates with a definite 400: nothing is taken. Chat gateways pass a block on as an empty success.
const refusedByModeration = { accepted: 0, refused: 1, paid: 0 };

await runConformance({
  package: '@darkroom/integrations-nanobanana2',
  operations: [
    { operation: 'text-to-image' },
    { operation: 'image-to-image', input: (picture) => ({ images: [picture] }), faults: briefFaults },
  ],
  variants: [
    { name: 'gemini' },
    {
      name: 'images',
      settings: { dialect: 'images' },
      deliversAddresses: true,
      differences: { prompt_blocked: refusedByModeration, output_blocked: refusedByModeration },
    },
    {
      name: 'chat',
      settings: { dialect: 'chat' },
      deliversAddresses: true,
      differences: { prompt_blocked: { code: 'provider_failed' }, output_blocked: { code: 'provider_failed' } },
    },
  ],
});
