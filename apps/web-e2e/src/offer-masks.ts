import type { Page, Request } from 'playwright-core';

interface OfferedOperation {
  inputSchema: { properties?: Record<string, { items?: unknown }> };
  mediaFields: Record<string, unknown>;
}

/** What a page asked for with a mask, before the mask was taken out. */
export interface MaskedRequest {
  input: { mask?: { uploadId: string } };
}

/**
 * Has every operation that takes images take a mask too, as the page sees it: no integration of today has such an operation. `main` does not know
 * it, so that requests go on without their mask; the answer lists them as they were. Everything else is as always.
 */
export async function offerMasks(page: Page): Promise<MaskedRequest[]> {
  const asked: MaskedRequest[] = [];
  await page.route('**/v1/integrations*', async (route) => {
    const response = await route.fetch();
    const listed = (await response.json()) as { items: { operations: OfferedOperation[] }[] };
    for (const { inputSchema, mediaFields } of listed.items.flatMap(({ operations }) => operations)) {
      const image = inputSchema.properties?.['images']?.items;
      if (image === undefined) continue;
      Object.assign(inputSchema.properties ?? {}, { mask: image });
      Object.assign(mediaFields, { mask: { kind: 'image', sentAs: 'url' } });
    }
    await route.fulfill({ response, json: listed });
  });
  await page.route('**/v1/calls', (route, request) => {
    if (request.method() !== 'POST') return route.continue();
    const body = bodyOf(request);
    asked.push(structuredClone(body));
    delete body.input.mask;
    return route.continue({ postData: JSON.stringify(body) });
  });
  return asked;
}

function bodyOf(request: Request): MaskedRequest {
  return request.postDataJSON() as MaskedRequest;
}
