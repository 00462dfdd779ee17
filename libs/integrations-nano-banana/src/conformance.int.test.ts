import { runConformance } from '@darkroom/integration-sdk/conformance';

await runConformance({
  package: '@darkroom/integrations-nano-banana',
  operation: 'text-to-image',
  // A success without an address is an answer that cannot be read.
  differences: { task_without_result: { code: 'provider_response_invalid' } },
});
