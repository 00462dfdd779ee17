import { extname } from 'node:path';

interface NameParts {
  integration: string;
  operation: string;
  prompt: string | null;
  /** From 0. */
  position: number;
  objectKey: string;
}

const maxSlugLength = 40;

/** The name that an artifact downloads under: `nanobanana2-text-to-image-a-lighthouse-at-dawn-1.png`. */
export function fileName({ integration, operation, prompt, position, objectKey }: NameParts): string {
  const words = [integration, operation, slugOf(prompt ?? ''), String(position + 1)];
  return words.filter((word) => word !== '').join('-') + extname(objectKey);
}

/** The first words of a text in letters and digits of any script. */
function slugOf(text: string): string {
  const words =
    text
      .slice(0, 1000)
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const [first = '', ...others] = words.map((word) => [...word].slice(0, maxSlugLength).join(''));
  return others.reduce(
    ({ slug, isFull }, word) => {
      const longer = `${slug}-${word}`;
      return isFull || longer.length > maxSlugLength ? { slug, isFull: true } : { slug: longer, isFull };
    },
    { slug: first, isFull: false },
  ).slug;
}
