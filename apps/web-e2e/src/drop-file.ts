import type { Page } from 'playwright-core';

interface DroppedFile {
  name: string;
  type: string;
  content: Buffer;
}

/** Drops a file from another program on a part of the page. Answers whether the page has taken it, so that the browser does not open it in its place. */
export async function dropFile(page: Page, target: string, { name, type, content }: DroppedFile): Promise<boolean> {
  const given = { name, type, base64: content.toString('base64') };
  return page.locator(target).evaluate((element, file) => {
    const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], file.name, { type: file.type }));
    const fire = (what: string) =>
      !element.dispatchEvent(new DragEvent(what, { bubbles: true, cancelable: true, dataTransfer }));
    return fire('dragover') && fire('drop');
  }, given);
}
