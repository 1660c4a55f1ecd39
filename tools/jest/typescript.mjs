// Preloaded into the processes that run specs: they take TypeScript as it is written.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
