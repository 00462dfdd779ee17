/** Copies a text, and answers whether the browser took it; it may refuse. On a page that came over plain HTTP browsers offer the old way only. */
export async function copyText(text: string): Promise<boolean> {
  if (!window.isSecureContext) return copyFromField(text);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}

function copyFromField(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  return isCopied;
}
