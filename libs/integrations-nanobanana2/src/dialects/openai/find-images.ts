import type { ProviderResult } from '@darkroom/integration-sdk/worker';
import type { Message, OpenaiAnswer } from './provider-api.schema.ts';

const dataUri = /data:image\/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=_-]+/gi;
const markdownImage = /!\[[^\]]*\]\((https?:\/\/[^\s)]+)\)/gi;
const bareUrl = /https?:\/\/[^\s<>()"'`\]]+/gi;
const imageExtension = /\.(png|jpe?g|webp|gif|avif)$/i;

/** Finds the images where gateways put them. The first place that has any is taken: others may repeat it. */
export function findImages(answer: OpenaiAnswer): ProviderResult[] {
  const data = answer.data ?? [];
  const messages = messagesOf(answer);
  const places = [
    () => data.flatMap(({ b64_json }) => (b64_json ? fromBase64(b64_json) : [])),
    () => data.flatMap(({ url }) => (url ? fromUrl(url) : [])),
    () => messages.flatMap(attachedUrls).flatMap(fromUrl),
    () => (textOf(answer).match(dataUri) ?? []).flatMap(fromUrl),
    () => urlsIn(textOf(answer)).flatMap(fromUrl),
  ];
  for (const place of places) {
    const found = place();
    if (found.length > 0) return found;
  }
  return [];
}

/** What the model wrote, without the images in it. */
export function wordsOf(answer: OpenaiAnswer): string {
  return textOf(answer)
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(dataUri, '')
    .trim()
    .slice(0, 2000);
}

function messagesOf({ choices }: OpenaiAnswer): Message[] {
  return (choices ?? []).flatMap(({ message }) => message ?? []);
}

function textOf(answer: OpenaiAnswer): string {
  const texts = messagesOf(answer).flatMap(({ content }) =>
    typeof content === 'string' ? [content] : (content ?? []).flatMap(({ text }) => text ?? []),
  );
  return texts.join('\n');
}

function attachedUrls({ images, content }: Message): string[] {
  const parts = Array.isArray(content) ? content : [];
  return [...(images ?? []), ...parts].flatMap(({ image_url }) => image_url ?? []);
}

/** Images in markdown before links that look like images before any link: a text may also link to its terms of use. */
function urlsIn(text: string): string[] {
  const inMarkdown = [...text.matchAll(markdownImage)].flatMap(([, url]) => url ?? []);
  if (inMarkdown.length > 0) return [...new Set(inMarkdown)];
  const bare = [...new Set((text.match(bareUrl) ?? []).map((url) => url.replace(/[.,;:!?]+$/, '')))];
  const images = bare.filter((url) => URL.canParse(url) && imageExtension.test(new URL(url).pathname));
  return images.length > 0 ? images : bare;
}

function fromUrl(url: string): ProviderResult[] {
  if (/^data:/i.test(url)) return fromBase64(url);
  return /^https?:/i.test(url) ? [{ kind: 'image', url }] : [];
}

function fromBase64(text: string): ProviderResult[] {
  const bytes = Buffer.from(text.replace(/^data:[^,]*,/i, ''), 'base64');
  return bytes.byteLength > 0 ? [{ kind: 'image', bytes }] : [];
}
