import { briefFaults, runConformance } from '@darkroom/integration-sdk/conformance';

await runConformance({
  package: '@darkroom/integrations-veo',
  operations: [
    {
      operation: 'text-to-video',
      whenUnavailable: 'unclear',
      // Google ends an operation that it did not finish with an error: one that is done and names nothing may have been charged.
      differences: { task_without_result: { code: 'provider_response_invalid' } },
    },
    { operation: 'image-to-video', input: (picture) => ({ image: picture }), faults: briefFaults },
  ],
});
