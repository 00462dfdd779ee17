import { definition as example } from '@darkroom/integrations-example';
import { definition as nanobanana2 } from '@darkroom/integrations-nanobanana2';
import { definition as sora } from '@darkroom/integrations-sora';
import { definition as veo } from '@darkroom/integrations-veo';
import { describe, expect, test } from '@jest/globals';
import { createIntegrationCatalog } from '../integrations/integration-catalog.ts';
import { createRequestCatalog, type Wanted } from './request-catalog.ts';

const catalog = createIntegrationCatalog({
  definitions: [example, nanobanana2, sora, veo],
  enabled: [nanobanana2, sora, veo],
  overrules: {},
});
interface Given {
  image?: string;
  video?: string;
  simulated?: boolean;
}
const requestCatalog = ({ image, video, simulated = false }: Given = {}) =>
  createRequestCatalog({ catalog, providers: { image, video }, simulated });
const find = (given: Given, wanted: Partial<Wanted> = {}) => {
  const { integration, operation } = requestCatalog(given).find({
    type: 'video',
    provider: undefined,
    hasImages: false,
    ...wanted,
  });
  return `${integration}/${operation}`;
};

describe('the operation for a request', () => {
  test('is one of the configured integration: with an image the one that takes it', () => {
    expect(find({ video: 'veo' })).toBe('veo/text-to-video');
    expect(find({ video: 'veo' }, { hasImages: true })).toBe('veo/image-to-video');
    expect(find({ image: 'nanobanana2' }, { type: 'image' })).toBe('nanobanana2/text-to-image');
  });

  test('is the one that the request names, whatever is configured', () => {
    expect(find({ video: 'veo' }, { provider: 'sora' })).toBe('sora/text-to-video');
    expect(find({ video: 'veo' }, { provider: 'sora/image-to-video', hasImages: true })).toBe('sora/image-to-video');
  });

  test('is of the first integration that can, where nobody is paid and nothing is configured', () => {
    expect(find({ simulated: true })).toBe('sora/text-to-video');
    expect(find({ simulated: true, video: 'veo' })).toBe('veo/text-to-video');
    expect(() => find({})).toThrow('set VIDEO_PROVIDER and restart main and the worker. There are: sora, veo.');
  });
});

describe('main does not start where', () => {
  test.each<[string, Given, RegExp]>([
    [
      'IMAGE_PROVIDER is not enabled',
      { image: 'example' },
      /IMAGE_PROVIDER names "example".* disabled\. Add "example" to/,
    ],
    ['IMAGE_PROVIDER is not installed', { image: 'midday' }, /IMAGE_PROVIDER names "midday".*Use one of: nanobanana2/],
    ['IMAGE_PROVIDER makes no images', { image: 'veo' }, /IMAGE_PROVIDER names "veo".*image requests: nanobanana2\./],
    ['VIDEO_PROVIDER has no such operation', { video: 'veo/sing' }, /VIDEO_PROVIDER names "veo\/sing".*text-to-video/],
    ['both are wrong, naming both', { image: 'sora', video: 'nanobanana2' }, /IMAGE_PROVIDER[^]*VIDEO_PROVIDER/],
  ])('%s, and says the way out', (_name, given, message) => {
    expect(() => requestCatalog(given)).toThrow(message);
  });
});
