// Runs Jest with the arguments given, under the same Node as this process, which takes TypeScript and the
// sources of our libraries. Tests share the servers of one folder, the run.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeWithServers } from './servers.mjs';

const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
process.exitCode = await nodeWithServers([
  '--conditions=cordboard-source',
  `--import=${pathToFileURL(join(import.meta.dirname, 'jest', 'typescript.mjs')).href}`,
  jest,
  ...process.argv.slice(2),
]);
