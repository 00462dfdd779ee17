import { lookSchema, type Look } from './request.schema.ts';

const names: Readonly<Record<string, keyof Look>> = {
  resolution: 'resolution',
  rs: 'resolution',
  ratio: 'ratio',
  rt: 'ratio',
  duration: 'duration',
  dur: 'duration',
  frames: 'frames',
  framespersecond: 'framespersecond',
  fps: 'framespersecond',
  seed: 'seed',
  camerafixed: 'camera_fixed',
  cf: 'camera_fixed',
  watermark: 'watermark',
  wm: 'watermark',
};

const flagPattern = /\s*--(?<name>[a-z]+)\s+(?<value>\S+)/g;

/** The text without its legacy flags (`--ratio 16:9 --dur 5`), and what they say. */
export function readTextFlags(text: string) {
  const said: Record<string, unknown> = {};
  const prompt = text.replaceAll(flagPattern, (flag, name: string, value: string) => {
    const field = names[name];
    if (field === undefined) return flag;
    said[field] = valueOf(value);
    return '';
  });
  return { prompt: prompt.trim(), look: lookSchema.safeParse(said) };
}

function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
