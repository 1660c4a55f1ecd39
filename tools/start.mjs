// `npm start`: packages, build, then the command line's start in this very process, so that Ctrl-C has one
// place to arrive at.
import { prepare } from './prepare.mjs';

await prepare();
process.argv.splice(1, process.argv.length, 'cordboard', 'start', ...process.argv.slice(2));
await import('../apps/cli/bin/cordboard.mjs');
