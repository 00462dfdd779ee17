import { briefFaults, runConformance } from '@darkroom/integration-sdk/conformance';

await runConformance({
  package: '@darkroom/integrations-sora',
  operations: [
    {
      operation: 'text-to-video',
      proof: 'list',
      whenUnavailable: 'unclear',
      differences: {
        // A limit for the day has no words of its own, only a long time to wait.
        rate_limited_for_the_day: { code: 'provider_rate_limited' },
        // The result has no address in the task: that there is none shows in the download.
        task_without_result: { code: 'result_unavailable' },
      },
    },
    {
      operation: 'image-to-video',
      proof: 'list',
      input: (picture) => ({ image: picture }),
      faults: briefFaults,
    },
  ],
});
