import { defineSettings } from '@darkroom/platform-config';
import { z } from 'zod';

/** Where a process puts what it can make again. */
export const temporaryFilesSettings = defineSettings('Temporary files', {
  directory: {
    variable: 'TEMP_DIR',
    schema: z.string().trim().min(1, 'must not be empty'),
    default: '.darkroom/temp',
    description:
      'For files that can be made again, on a local disk; processes may share it. Each has a folder of its own in `darkroom-processes`, which goes with it; what a killed one left goes at the next start, or is named in the log where it cannot be removed. The bundled workflows in `workflow-bundles` stay for the next start, until nobody has used them for 30 days. Nothing else in it is touched.',
  },
});
