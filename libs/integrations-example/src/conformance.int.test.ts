import { runConformance } from '@darkroom/integration-sdk/conformance';

// The example provider refuses blocked content with a 422 of its own: nothing is taken.
const refusedByModeration = { accepted: 0, refused: 1, paid: 0 };

runConformance({
  package: '@darkroom/integrations-example',
  operation: 'text-to-image',
  variants: [
    {
      name: 'usual settings',
      differences: { prompt_blocked: refusedByModeration, output_blocked: refusedByModeration },
    },
  ],
});
