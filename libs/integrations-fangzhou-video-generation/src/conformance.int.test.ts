import { briefFaults, runConformance } from '@darkroom/integration-sdk/conformance';

const known = { proof: 'callback_and_list', cancels: 'queued' } as const;

await runConformance({
  package: '@darkroom/integrations-fangzhou-video-generation',
  operations: [
    {
      operation: 'text-to-video',
      ...known,
      // Ark clears the addresses of files that it has deleted.
      differences: { task_without_result: { code: 'result_unavailable' } },
    },
    {
      operation: 'image-to-video',
      ...known,
      input: (picture) => ({ firstFrame: picture, returnLastFrame: true }),
      faults: briefFaults,
    },
  ],
});
