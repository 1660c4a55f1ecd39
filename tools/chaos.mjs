// `npm run chaos`: packages and build as for `npm start`, then faults on real processes; `-- --help` says how.
import { join } from 'node:path';
import { prepare, root, step } from './prepare.mjs';
import { nodeWithServers } from './servers.mjs';

// Progress goes where errors go: what is printed for programs is the result alone.
process.stdout.write = process.stderr.write.bind(process.stderr);
await prepare();
await step('faults', process.execPath, [
  join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
  '-p',
  join(root, 'test', 'chaos'),
]);
process.exitCode = await nodeWithServers([
  join(root, 'test', 'chaos', 'dist', 'chaos', 'main.js'),
  ...process.argv.slice(2),
]);
