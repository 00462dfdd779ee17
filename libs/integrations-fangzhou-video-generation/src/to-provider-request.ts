import { toDataUri } from '@darkroom/integration-sdk/answers';
import type { InputImage, ProviderRequest } from '@darkroom/integration-sdk/worker';
import type { VideoInput } from './input.schema.ts';
import { takesFlags } from './models.ts';
import type { Settings } from './settings.ts';

interface Submission {
  input: VideoInput;
  images: InputImage[];
  settings: Settings;
  callbackUrl?: string;
}

const roles = new Map([
  ['firstFrame', 'first_frame'],
  ['lastFrame', 'last_frame'],
  ['references', 'reference_image'],
]);
/** How the video is to look: what goes into the text for models that take flags. */
const look = new Set(['resolution', 'ratio', 'duration', 'frames', 'seed', 'camera_fixed', 'watermark']);

/** `POST {baseUrl}` (82379/1520757). Ark's names are the input's in snake case; what is not given is not sent. */
export function toProviderRequest({ input, images, settings, callbackUrl }: Submission): ProviderRequest {
  const { prompt = '', webSearch, ...parameters } = input;
  const fields = Object.entries(parameters).filter(([name]) => !roles.has(name));
  const named = fields.map(([name, value]) => [toSnakeCase(name), value] as const);
  const isFlag = (name: string) => takesFlags(settings.model) && look.has(name);
  const flags = named.filter(([name]) => isFlag(name)).map(([name, value]) => `--${name.replace('_', '')} ${value}`);
  const text = [prompt, ...flags].join(' ').trim();
  const body = {
    model: settings.model,
    content: [...(text === '' ? [] : [{ type: 'text', text }]), ...images.map(toContent)],
    ...Object.fromEntries(named.filter(([name]) => !isFlag(name))),
    ...(webSearch && { tools: [{ type: 'web_search' }] }),
    ...(callbackUrl && { callback_url: callbackUrl }),
  };
  return { url: settings.baseUrl, headers: authorization(settings), body };
}

export function authorization({ apiKey }: Settings): { authorization: string } {
  return { authorization: `Bearer ${apiKey}` };
}

function toContent(image: InputImage) {
  return { type: 'image_url', image_url: { url: toDataUri(image) }, role: roles.get(image.field) };
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
