import type { Stack } from '@darkroom/testing';

/** The worker's settings without the simulator's name on them: the example's key is a new one, and the one before is known still. */
export function realSettings({ main, simulator: { url } }: Stack): Record<string, string> {
  return {
    MOCK_EXTERNAL_APIS: 'false',
    OUTBOUND_ALLOW_ORIGINS: `${url},${main.url}`,
    EXAMPLE_EXTERNAL_BASE_URL: `${url}/example/v1`,
    EXAMPLE_EXTERNAL_API_KEY: 'key-of-today',
    EXAMPLE_EXTERNAL_API_KEY_PREVIOUS: 'simulator',
    NANO_BANANA_API_URL: `${url}/kie`,
    NANO_BANANA_API_KEY: 'simulator',
    FANGZHOU_VIDEO_GENERATION_EXTERNAL_BASE_URL: `${url}/ark/api/v3/contents/generations/tasks`,
    FANGZHOU_VIDEO_GENERATION_EXTERNAL_API_KEY: 'simulator',
    FANGZHOU_VIDEO_GENERATION_EXTERNAL_MODEL: 'doubao-seedance-1-0-pro-250528',
  };
}
