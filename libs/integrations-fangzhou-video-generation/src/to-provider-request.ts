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

/** `POST {baseUrl}` (82379/1520757). */
export function toProviderRequest({ input, images, settings, callbackUrl }: Submission): ProviderRequest {
  const { model } = settings;
  const { prompt = '', resolution, ratio, duration, frames, seed, cameraFixed, watermark } = input;
  const look = { resolution, ratio, duration, frames, seed, camera_fixed: cameraFixed, watermark };
  const text = takesFlags(model) ? [prompt, ...toFlags(look)].join(' ').trim() : prompt;
  const body = {
    model,
    content: [...(text === '' ? [] : [{ type: 'text', text }]), ...images.map(toContent)],
    ...(!takesFlags(model) && look),
    generate_audio: takesFlags(model) ? undefined : input.generateAudio,
    draft: input.draft,
    return_last_frame: input.returnLastFrame,
    service_tier: input.serviceTier,
    execution_expires_after: input.executionExpiresAfter,
    priority: input.priority,
    safety_identifier: input.safetyIdentifier,
    tools: input.webSearch ? [{ type: 'web_search' }] : undefined,
    callback_url: callbackUrl,
  };
  return { url: settings.baseUrl, headers: authorization(settings), body: withoutGaps(body) };
}

export function authorization({ apiKey }: Settings): { authorization: string } {
  return { authorization: `Bearer ${apiKey}` };
}

const roles: Record<string, string> = {
  firstFrame: 'first_frame',
  lastFrame: 'last_frame',
  references: 'reference_image',
};

function toContent(image: InputImage) {
  return { type: 'image_url', image_url: { url: toDataUri(image) }, role: roles[image.field] };
}

/** `--camerafixed true`: flags are the fields' names without underscores. */
function toFlags(look: Record<string, unknown>): string[] {
  return Object.entries(withoutGaps(look)).map(([name, value]) => `--${name.replaceAll('_', '')} ${String(value)}`);
}

function withoutGaps(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
