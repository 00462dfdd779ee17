import { runConformance } from '@darkroom/integration-sdk/conformance';

await runConformance({
  package: '@darkroom/integrations-veo',
  operation: 'text-to-video',
  whenUnavailable: 'unclear',
});
