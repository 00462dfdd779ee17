/** What is a name, an id, a key or a kind of file in every language. */
const international = [
  /^(Darkroom|English|Nano Banana( 2| \(kie\.ai\))?|Seedream|Sora|Veo|Fangzhou video generation|SHA-256)$/,
  /^(Enter|Space|Esc|Ctrl\/⌘ \+? ?Enter)$/,
  /^(PNG|JPEG|MP4), /,
  /^\S*[\d/_-]\S*$/,
  /^(\w+, )+\w+$/,
];

/** Whether a text is English that a Chinese page should not say. Among Chinese words a name may stand, and no sentence. */
export function isEnglish(text: string): boolean {
  if (/\p{Script=Han}/u.test(text))
    return /([a-z]{2,}[ ,.]+){3}/i.test(text.replaceAll('Fangzhou video generation', ''));
  return /[a-z]{3,}/i.test(text) && !international.some((known) => known.test(text));
}
