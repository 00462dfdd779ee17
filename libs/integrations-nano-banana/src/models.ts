/** How kie.ai calls the fields of one model: they differ from model to model. */
interface ModelFields {
  ratio: 'image_size' | 'aspect_ratio';
  images: 'image_urls' | 'image_input';
  /** The value of `output_format` for a JPEG. */
  jpeg: 'jpeg' | 'jpg';
}

export type ModelName =
  'google/nano-banana' | 'google/nano-banana-edit' | 'nano-banana-pro' | 'nano-banana-2' | 'nano-banana-2-lite';

export const defaultModel: ModelName = 'nano-banana-2';

/** From the vendor's page of each model; `nano-banana-2-lite` is known from a user's sheet only. */
export const modelFields: Readonly<Record<ModelName, ModelFields>> = {
  'google/nano-banana': { ratio: 'image_size', images: 'image_urls', jpeg: 'jpeg' },
  'google/nano-banana-edit': { ratio: 'image_size', images: 'image_urls', jpeg: 'jpeg' },
  'nano-banana-pro': { ratio: 'aspect_ratio', images: 'image_input', jpeg: 'jpg' },
  'nano-banana-2': { ratio: 'aspect_ratio', images: 'image_input', jpeg: 'jpg' },
  'nano-banana-2-lite': { ratio: 'aspect_ratio', images: 'image_urls', jpeg: 'jpg' },
};
