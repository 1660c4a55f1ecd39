#!/usr/bin/env node
// The build may be missing in a fresh clone; say so in one line instead of a stack.
import { existsSync } from 'node:fs';

const entry = new URL('../dist/main.js', import.meta.url);
if (existsSync(entry)) {
  await import(entry.href);
} else {
  console.error('cordboard is not built yet: run npm start, or npm run build.');
  process.exitCode = 1;
}
