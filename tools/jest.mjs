// Runs Jest on ES modules with the arguments given, under the same Node as this process. Tests share the
// servers of one folder, the run.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nodeWithServers } from './servers.mjs';

const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
process.exitCode = await nodeWithServers([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  jest,
  ...process.argv.slice(2),
]);
