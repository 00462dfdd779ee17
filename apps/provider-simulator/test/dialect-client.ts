import { postJson } from './running-simulator.ts';

/** How a test asks one simulated provider for an image, and where the answer has it. */
export interface DialectClient {
  readonly name: string;
  /** The path of the request, for raw sockets. */
  readonly path: string;
  /** The images' format where no plan says otherwise. */
  readonly format: 'png' | 'jpeg';
  /** The status with which the provider says that it is overloaded. */
  readonly overloadedStatus: number;
  headers(apiKey: string): Record<string, string>;
  body(prompt: string): object;
  ask(origin: string, prompt: string, apiKey?: string): Promise<Response>;
  /** The image's base64, or undefined where the answer has none. */
  imageIn(answer: unknown): string | undefined;
}

const bearer = (apiKey: string) => ({ authorization: `Bearer ${apiKey}` });

export const gemini = client({
  name: 'gemini',
  path: '/gemini/v1beta/models/gemini-2.5-flash-image:generateContent',
  headers: (apiKey) => ({ 'x-goog-api-key': apiKey }),
  body: (prompt) => ({ contents: [{ role: 'user', parts: [{ text: prompt }] }] }),
  imageIn: (answer) =>
    (answer as GeminiAnswer).candidates?.[0]?.content?.parts?.find((part) => part.inlineData)?.inlineData?.data,
});

export const openai = client({
  name: 'openai',
  path: '/openai/v1/images/generations',
  headers: bearer,
  body: (prompt) => ({ model: 'nano-banana-2', prompt, response_format: 'b64_json' }),
  imageIn: (answer) => (answer as { data?: { b64_json?: string }[] }).data?.[0]?.b64_json,
});

export const litellm = client({
  name: 'litellm',
  path: '/litellm/chat/completions',
  headers: bearer,
  body: (prompt) => ({
    model: 'vertex_ai/gemini-3-pro-image-preview',
    messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
  }),
  imageIn: (answer) => (answer as LitellmAnswer).choices?.[0]?.message?.images?.[0]?.image_url.url.split(',')[1],
});

export const example = client({
  name: 'example',
  path: '/example/v1/images',
  headers: bearer,
  body: (prompt) => ({ prompt, size: '320x200' }),
  imageIn: (answer) => (answer as { image?: string }).image,
});

export const seedream = client({
  name: 'seedream',
  path: '/ark/api/v3/images/generations',
  format: 'jpeg',
  overloadedStatus: 429,
  headers: bearer,
  body: (prompt) => ({
    model: 'doubao-seedream-4-0-250828',
    prompt,
    size: '1280x720',
    response_format: 'b64_json',
    watermark: false,
  }),
  imageIn: (answer) => (answer as { data?: { b64_json?: string }[] }).data?.[0]?.b64_json,
});

export const everyDialect = [gemini, openai, litellm, example, seedream];

interface GeminiAnswer {
  candidates?: { content?: { parts?: { inlineData?: { data: string } }[] } }[];
}

interface LitellmAnswer {
  choices?: { message?: { images?: { image_url: { url: string } }[] } }[];
}

type Described = Omit<DialectClient, 'ask' | 'format' | 'overloadedStatus'> & Partial<DialectClient>;

function client(dialect: Described): DialectClient {
  return {
    format: 'png',
    overloadedStatus: 503,
    ...dialect,
    ask: (origin, prompt, apiKey = 'key-of-a-test') =>
      postJson(origin + dialect.path, dialect.body(prompt), dialect.headers(apiKey)),
  };
}
