import { toDataUri } from '@darkroom/integration-sdk/answers';
import type { InputImage, MediaUrl, ProviderRequest } from '@darkroom/integration-sdk/worker';
import type { VideoInput } from './input.schema.ts';
import { modelsWithFlags } from './models.ts';
import type { Settings } from './settings.ts';

interface Submission {
  input: VideoInput;
  images: InputImage[];
  mediaUrls: MediaUrl[];
  settings: Settings;
  callbackUrl?: string;
}

const files = new Map([
  ['firstFrame', { type: 'image_url', role: 'first_frame' }],
  ['lastFrame', { type: 'image_url', role: 'last_frame' }],
  ['references', { type: 'image_url', role: 'reference_image' }],
  ['referenceVideos', { type: 'video_url', role: 'reference_video' }],
]);
/** How the video is to look: what goes into the text for models that take flags. */
const look = new Set(['resolution', 'ratio', 'duration', 'frames', 'seed', 'camera_fixed', 'watermark']);

/** `POST {baseUrl}` (82379/1520757). Ark's names are the input's in snake case; what is not given is not sent. */
export function toProviderRequest({ input, images, mediaUrls, settings, callbackUrl }: Submission): ProviderRequest {
  const { prompt = '', webSearch, ...parameters } = input;
  const fields = Object.entries(parameters).filter(([name]) => !files.has(name));
  const named = fields.map(([name, value]) => [toSnakeCase(name), value] as const);
  const isFlag = (name: string) => modelsWithFlags.test(settings.model) && look.has(name);
  const flags = named.filter(([name]) => isFlag(name)).map(([name, value]) => `--${name.replace('_', '')} ${value}`);
  const text = [prompt, ...flags].join(' ').trim();
  const media = [...images.map((image) => ({ ...image, url: toDataUri(image) })), ...mediaUrls];
  const body = {
    model: settings.model,
    content: [...(text === '' ? [] : [{ type: 'text', text }]), ...media.map(toContent)],
    ...Object.fromEntries(named.filter(([name]) => !isFlag(name))),
    ...(webSearch && { tools: [{ type: 'web_search' }] }),
    ...(callbackUrl && { callback_url: callbackUrl }),
  };
  return { url: settings.baseUrl, headers: authorization(settings), body };
}

/** Where a task is asked for (82379/1521309) and, with DELETE, cancelled. */
export function taskUrl({ externalId, settings }: { externalId: string; settings: Settings }): string {
  return `${settings.baseUrl}/${encodeURIComponent(externalId)}`;
}

export function authorization({ apiKey }: Settings): { authorization: string } {
  return { authorization: `Bearer ${apiKey}` };
}

function toContent({ field, url }: MediaUrl) {
  const { type, role } = files.get(field) ?? { type: 'image_url', role: undefined };
  return { type, [type]: { url }, role };
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
