import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import type { GeneratedDocument } from './configuration-documents.ts';

const file = 'libs/client/src/generated/open-api.ts';
const head = `// Generated from the OpenAPI document of main: change its routes, and run \`npm run docs\`.\n\n`;

/** The types of the client, as the routes of `main` have them at present. */
export async function renderClientTypes(root: string): Promise<readonly GeneratedDocument[]> {
  const path = join(root, 'apps/main/src/openapi/openapi-document.ts');
  const { makeOpenApiDocument } = (await import(pathToFileURL(path).href)) as {
    makeOpenApiDocument: () => Promise<OpenAPI3>;
  };
  const types = astToString(await openapiTS(await makeOpenApiDocument(), { alphabetize: true }));
  const style = await resolveConfig(join(root, file));
  return [{ file, text: await format(head + types, { ...style, parser: 'typescript' }) }];
}
