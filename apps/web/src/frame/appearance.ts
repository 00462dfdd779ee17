import { kept } from '../elements/kept-texts.ts';

export const appearances = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof appearances)[number];

const storageKey = 'darkroom.appearance';

export function readAppearance(): Appearance {
  const chosen = kept.getItem(storageKey);
  return appearances.find((appearance) => appearance === chosen) ?? 'system';
}

/** Shows the page light or dark from now on. `public/appearance.js` does it before the first paint of a reload. */
export function changeAppearance(appearance: Appearance): void {
  kept.setItem(storageKey, appearance);
  const { dataset } = document.documentElement;
  if (appearance === 'system') delete dataset['appearance'];
  else dataset['appearance'] = appearance;
}
