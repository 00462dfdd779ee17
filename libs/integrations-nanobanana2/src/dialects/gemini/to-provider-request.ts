import type { InputImage, ProviderRequest } from '@darkroom/integration-sdk/worker';
import type { DialectMapping } from '../dialect.ts';

/** `POST {baseUrl}/models/{model}:generateContent`. `imageConfig` takes these two fields and no other. */
export const toGeminiRequest: DialectMapping['toProviderRequest'] = ({ input, images, settings }): ProviderRequest => {
  const { aspectRatio, imageSize } = input;
  const imageConfig = { ...(aspectRatio && { aspectRatio }), ...(imageSize && { imageSize }) };
  return {
    url: `${settings.baseUrl}/models/${encodeURIComponent(settings.model)}:generateContent`,
    headers: { 'x-goog-api-key': settings.apiKey },
    body: {
      contents: [{ role: 'user', parts: [{ text: input.prompt }, ...images.map(toInlineData)] }],
      generationConfig: {
        responseModalities: ['TEXT', 'IMAGE'],
        ...(Object.keys(imageConfig).length > 0 && { imageConfig }),
      },
    },
  };
};

function toInlineData({ contentType, bytes }: InputImage) {
  return { inlineData: { mimeType: contentType, data: Buffer.from(bytes).toString('base64') } };
}
