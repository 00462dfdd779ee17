import type { ContentItem } from './request.schema.ts';

/** What is wrong with how the items of a request go together; undefined where nothing is. */
export function contentFault(content: readonly ContentItem[]): string | undefined {
  const count = (type: ContentItem['type']) => content.filter((item) => item.type === type).length;
  if (count('text') > 1) return 'only one text is allowed';
  if (count('draft_task') > 0) {
    return content.length === count('draft_task') ? undefined : 'a draft task stands alone';
  }
  const images = content.filter((item) => item.type === 'image_url').map(({ role }) => role);
  const references =
    count('video_url') + count('audio_url') + images.filter((role) => role === 'reference_image').length;
  const frames = images.filter((role) => role !== 'reference_image');
  if (references > 0 && frames.length > 0) return 'reference media and first or last frames exclude each other';
  if (count('text') + images.length + references === 0) return 'a text or an image is required';
  if (references > 0 && count('audio_url') === references) return 'reference audio needs a reference image or video';
  return framesFault(frames);
}

function framesFault(roles: readonly (string | undefined)[]): string | undefined {
  if (roles.length === 0) return undefined;
  if (roles.length > 2) return 'at most a first and a last frame are allowed';
  if (roles.length === 1) return roles[0] === 'last_frame' ? 'a last frame needs a first frame' : undefined;
  const isPair = roles.includes('first_frame') && roles.includes('last_frame');
  return isPair ? undefined : 'two images need the roles first_frame and last_frame';
}
