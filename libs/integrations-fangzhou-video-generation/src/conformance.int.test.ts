import { runConformance } from '@darkroom/integration-sdk/conformance';

await runConformance({
  package: '@darkroom/integrations-fangzhou-video-generation',
  operation: 'text-to-video',
  proof: 'callback_and_list',
  cancels: 'queued',
  // Ark clears the addresses of files that it has deleted.
  differences: { task_without_result: { code: 'result_unavailable' } },
});
