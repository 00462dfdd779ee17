import { type Plant, projects, use } from './planted-imports.ts';

const path = 'apps/web/src/planted.tsx';
const component = (body: string): string => `export function Planted() {\n${body}}\n`;

/** What pages may not do. Most of it holds for all code, and here it is shown to be looked for in pages too. */
export const forbiddenInPages: readonly Plant[] = [
  {
    boundary: 'a page takes the contract and the client alone',
    path,
    code: use('@darkroom/platform-http'),
    rule: projects,
  },
  {
    boundary: 'packages are reached through their exports by pages too',
    path,
    code: use('@darkroom/contract/src/call-status.ts'),
    rule: 'deep-path/imports',
  },
  {
    boundary: 'a page reads no environment',
    path,
    code: `export const port = process.env['PORT'];\n`,
    rule: 'no-restricted-syntax',
  },
  {
    boundary: 'a page exports by name',
    path,
    code: `export default function Planted() {\n  return <p>x</p>;\n}\n`,
    rule: 'no-restricted-exports',
  },
  {
    boundary: 'a page prints nothing',
    path,
    code: component(`  console.log('x');\n  return <p>x</p>;\n`),
    rule: 'no-console',
  },
  {
    boundary: 'a page is no longer than other code',
    path,
    code: component(`  return (\n    <br />\n  );\n${'  // one line more\n'.repeat(247)}`),
    rule: 'max-lines',
  },
  {
    boundary: 'a function of a page has three parameters',
    path,
    code: `export const add = (a: number, b: number, c: number, d: number) => <p>{a + b + c + d}</p>;\n`,
    rule: 'max-params',
  },
  {
    boundary: 'a page says what an image shows',
    path,
    code: component(`  return <img src="/x.png" />;\n`),
    rule: 'jsx-a11y/alt-text',
  },
  {
    boundary: 'hooks are called whatever happens',
    path,
    code: `import { useState } from 'react';\nexport function Planted({ isShown }: { isShown: boolean }) {\n  if (!isShown) return null;\n  const [text] = useState('');\n  return <p>{text}</p>;\n}\n`,
    rule: 'react-hooks/rules-of-hooks',
  },
];
