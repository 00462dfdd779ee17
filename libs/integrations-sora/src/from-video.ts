import type { TaskState } from '@darkroom/integration-sdk/answers';
import type { Video } from './provider-api.schema.ts';
import { expired } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { authorization, videoUrl } from './to-provider-request.ts';

const steps = new Set(['queued', 'in_progress']);

/** What a video's state means. Its files are downloaded from the same API, with the key. */
export function fromVideo(video: Video, task: { externalId: string; settings: Settings }): TaskState {
  const { status, progress: percent, error: words } = video;
  if (status === 'failed') return { kind: 'failed', words };
  if (status === 'expired') return { kind: 'failed', words, rule: expired };
  if (status === 'cancelled' || status === 'canceled') return { kind: 'cancelled' };
  if (status !== 'completed') return { kind: 'pending', step: steps.has(status) ? status : undefined, percent };
  const content = `${videoUrl(task)}/content?variant=`;
  const headers = authorization(task.settings);
  const results = [
    { kind: 'video', url: `${content}video`, headers },
    { kind: 'image', role: 'thumbnail', url: `${content}thumbnail`, headers },
  ] as const;
  return { kind: 'succeeded', results: [...results] };
}
