import { defineSettings, loadSettings, portFromText } from '@darkroom/platform-config';
import { s3Settings } from '@darkroom/platform-object-store';
import { postgresSettings } from '@darkroom/platform-postgres';
import { temporalSettings } from '@darkroom/platform-temporal';
import { z } from 'zod';

const floorSettings = defineSettings('Floor', {
  port: { variable: 'PORT', schema: portFromText, description: 'Where the process listens on loopback.' },
  simulatorUrl: { variable: 'SIMULATOR_URL', schema: z.url(), description: 'The provider that the floor asks.' },
  cacheDirectory: {
    variable: 'FLOOR_CACHE_DIR',
    schema: z.string().min(1),
    description: 'Where the bundle of the workflow is kept.',
  },
});

const settingsGroups = { floor: floorSettings, postgres: postgresSettings, s3: s3Settings, temporal: temporalSettings };

/** What both floor processes read from their environment. */
export function loadFloorConfig() {
  return loadSettings(settingsGroups, process.env);
}
