import { type Dialect, dialects } from './settings.ts';

const simulated: Record<Dialect, { path: string; model: string }> = {
  gemini: { path: '/gemini/v1beta', model: 'gemini-3.1-flash-image' },
  images: { path: '/openai/v1', model: 'nano-banana-2' },
  chat: { path: '/litellm', model: 'vertex_ai/gemini-3-pro-image-preview' },
};

/** Points at the provider simulator in the chosen dialect: each has an address of its own there. */
export function simulatorSettings(simulatorUrl: string, chosen: Readonly<Record<string, string | undefined>>) {
  const dialect = dialects.find((known) => known === chosen['dialect']) ?? 'gemini';
  const { path, model } = simulated[dialect];
  return { apiKey: 'simulator', baseUrl: simulatorUrl + path, model, dialect };
}
