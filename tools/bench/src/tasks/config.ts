import { defineSettings, loadSettings, portFromText } from '@darkroom/platform-config';
import { temporalSettings } from '@darkroom/platform-temporal';

const hostSettings = defineSettings('Host of the ten steps', {
  port: { variable: 'PORT', schema: portFromText, description: 'Where the process listens on loopback.' },
});

/** What the process that runs the ten-step task reads from its environment. */
export function loadHostConfig() {
  return loadSettings({ host: hostSettings, temporal: temporalSettings }, process.env);
}
