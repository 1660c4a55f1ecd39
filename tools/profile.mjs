// Runs bench/chain/profile.ts, built before, with servers of its own.
import { join } from 'node:path';
import { nodeWithServers } from './servers.mjs';

process.exitCode = await nodeWithServers([
  join(import.meta.dirname, '..', 'bench', 'dist', 'chain', 'profile.js'),
  ...process.argv.slice(2),
]);
