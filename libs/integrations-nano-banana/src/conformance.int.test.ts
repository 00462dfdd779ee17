import { briefFaults, runConformance } from '@darkroom/integration-sdk/conformance';

await runConformance({
  package: '@darkroom/integrations-nano-banana',
  operations: [
    {
      operation: 'text-to-image',
      // A success without an address is an answer that cannot be read.
      differences: { task_without_result: { code: 'provider_response_invalid' } },
    },
    { operation: 'image-to-image', input: (picture) => ({ images: [picture] }), faults: briefFaults },
  ],
});
