import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type AppName } from '@cordboard/embedded';

/** The file that starts a built app; throws when it was not built. */
export const appEntry = (app: AppName): string => {
  const entry = join(process.cwd(), 'apps', app, 'dist', 'main.js');
  if (!existsSync(entry)) throw new Error(`${entry} is missing: run npm run build first`);
  return entry;
};
