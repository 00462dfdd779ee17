import { defineSettings, loadSettings, portFromText } from '@darkroom/platform-config';

const pushSettings = defineSettings('Push', {
  port: { variable: 'PORT', schema: portFromText, description: 'Where the process listens on loopback.' },
});

/** What the bare server and the readers read from their environment. */
export function loadPushConfig() {
  return loadSettings({ push: pushSettings }, process.env).push;
}
