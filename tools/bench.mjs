// `npm run bench`: packages and build as for `npm start`, then the benches named, or all; `--json` for programs.
import { join } from 'node:path';
import { prepare, root, step } from './prepare.mjs';
import { nodeWithServers } from './servers.mjs';

// Progress goes where errors go: what is printed for programs is the result alone.
process.stdout.write = process.stderr.write.bind(process.stderr);
await prepare();
await step('benches', process.execPath, [
  join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
  '-p',
  join(root, 'bench'),
]);
process.exitCode = await nodeWithServers([
  '--expose-gc',
  join(root, 'bench', 'dist', 'main.js'),
  ...process.argv.slice(2),
]);
