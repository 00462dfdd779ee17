import type { FastifyRequest } from 'fastify';

export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly { readonly name: string; readonly mimeType: string; readonly bytes: Buffer }[];
}

/** A multipart body's fields and files, or undefined where the body is something else. */
export async function readForm({ body, headers }: FastifyRequest): Promise<Form | undefined> {
  if (!Buffer.isBuffer(body)) return undefined;
  const contentType = headers['content-type'] ?? '';
  const parsed = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const fields: Record<string, string> = {};
  const files: { name: string; mimeType: string; bytes: Buffer }[] = [];
  for (const [name, value] of await parsed.formData()) {
    if (typeof value === 'string') fields[name] = value;
    else files.push({ name, mimeType: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { fields, files };
}
