#!/usr/bin/env node
import { resolve } from 'node:path';
import { runOnPinnedNode } from '../../bootstrap/run-on-pinned-node.mjs';

await runOnPinnedNode(
  resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..'),
  process.argv.slice(2),
);
