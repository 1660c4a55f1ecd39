import { join, resolve } from 'node:path';
import { projectRoot } from './project-root.ts';

/** Where everything of a private installation lies (`CORDBOARD_DATA_DIR`, default `.cordboard`). */
export interface DataFolder {
  readonly path: string;
  /** Programs fetched once; they outlive `--fresh`. */
  readonly bin: string;
  readonly logs: string;
  /** One file for each running process. */
  readonly run: string;
  readonly secrets: string;
  readonly runtime: string;
}

export const dataFolder = (env: NodeJS.ProcessEnv = process.env): DataFolder => {
  const path = resolve(projectRoot, env['CORDBOARD_DATA_DIR'] ?? '.cordboard');
  return {
    path,
    bin: join(path, 'bin'),
    logs: join(path, 'logs'),
    run: join(path, 'run'),
    secrets: join(path, 'secrets.json'),
    runtime: join(path, 'runtime.json'),
  };
};
