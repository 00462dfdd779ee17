import { randomUUID } from 'node:crypto';

/** A field of a `multipart/form-data` body: text, or a file. */
export type FormField =
  { name: string; text: string } | { name: string; fileName: string; contentType: string; bytes: Uint8Array };

/** What a paid request carries: `body` goes out as JSON, `form` as `multipart/form-data`, `bytes` as they are. */
export type ProviderBody = { body: unknown } | { form: readonly FormField[] } | EncodedBody;

/** A body as it goes over the wire. */
export interface EncodedBody {
  contentType: string;
  bytes: Uint8Array;
}

/** The bytes of a body. A form is built whole, so that its length is known before the first byte is sent. */
export function encodeBody(body: ProviderBody): EncodedBody {
  if ('bytes' in body) return { contentType: body.contentType, bytes: body.bytes };
  if ('body' in body) return { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(body.body)) };
  const boundary = `darkroom-${randomUUID()}`;
  const fields = body.form.flatMap((field) => [
    Buffer.from(headOf(field, boundary)),
    contentOf(field),
    Buffer.from('\r\n'),
  ]);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...fields, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function headOf(field: FormField, boundary: string): string {
  const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(field.name)}"`;
  if ('text' in field) return `${disposition}\r\n\r\n`;
  return `${disposition}; filename="${quoted(field.fileName)}"\r\nContent-Type: ${field.contentType}\r\n\r\n`;
}

function contentOf(field: FormField): Uint8Array {
  return 'text' in field ? Buffer.from(field.text) : field.bytes;
}

/** As browsers write names (HTML standard, "multipart form data"). */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
