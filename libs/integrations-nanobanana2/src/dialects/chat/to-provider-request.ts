import type { InputImage, ProviderRequest } from '@darkroom/integration-sdk/worker';
import type { DialectMapping } from '../dialect.ts';

/** `POST {baseUrl}/chat/completions`. `imageConfig` is passed on to Gemini by some gateways and ignored by others (unverified). */
export const toChatRequest: DialectMapping['toProviderRequest'] = ({ input, images, settings }): ProviderRequest => {
  const { aspectRatio, imageSize } = input;
  const imageConfig = { ...(aspectRatio && { aspectRatio }), ...(imageSize && { imageSize }) };
  return {
    url: `${settings.baseUrl}/chat/completions`,
    headers: { authorization: `Bearer ${settings.apiKey}` },
    body: {
      model: settings.model,
      messages: [{ role: 'user', content: [...images.map(toImageUrl), { type: 'text', text: input.prompt }] }],
      ...(Object.keys(imageConfig).length > 0 && { imageConfig }),
    },
  };
};

function toImageUrl({ contentType, bytes }: InputImage) {
  return {
    type: 'image_url',
    image_url: { url: `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}` },
  };
}
