import type { FormPart, InputImage, ProviderRequest } from '@darkroom/integration-sdk/worker';
import type { DialectMapping } from '../dialect.ts';
import { toPixelSize } from './to-pixel-size.ts';

/** `POST {baseUrl}/images/generations`, or as a form to `{baseUrl}/images/edits` where there are images. */
export const toImagesRequest: DialectMapping['toProviderRequest'] = ({ input, images, settings }): ProviderRequest => {
  const size = toPixelSize(input);
  const fields = {
    model: settings.model,
    prompt: input.prompt,
    n: 1,
    ...(size && { size }),
    response_format: 'b64_json',
  };
  const headers = { authorization: `Bearer ${settings.apiKey}` };
  if (images.length === 0) return { url: `${settings.baseUrl}/images/generations`, headers, body: fields };
  return { url: `${settings.baseUrl}/images/edits`, headers, form: [...toTextParts(fields), ...toFileParts(images)] };
};

function toTextParts(fields: Record<string, string | number>): FormPart[] {
  return Object.entries(fields).map(([name, value]) => ({ name, text: String(value) }));
}

/** One image goes by `image`, several by `image[]`. */
function toFileParts(images: InputImage[]): FormPart[] {
  const name = images.length > 1 ? 'image[]' : 'image';
  return images.map(({ contentType, bytes }, index) => {
    const extension = contentType.split('/')[1] ?? 'bin';
    return { name, fileName: `image-${index + 1}.${extension}`, contentType, bytes };
  });
}
