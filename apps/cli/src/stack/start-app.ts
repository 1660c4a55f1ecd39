import { join } from 'node:path';
import {
  appEnvironment,
  type AppName,
  type NodeApp,
  rememberProcess,
  type Settings,
  SetupError,
  startNodeApp,
} from '@cordboard/embedded';
import { projectRoot } from '../project-root.ts';
import { forTerminal } from './app-log-line.ts';
import { type Installation } from './installation.ts';
import { rollingLog } from './rolling-log.ts';
import { supervise } from './supervise.ts';

export interface AppSpec {
  /** How it is called on the terminal, in its log file and in its pid file. */
  readonly name: string;
  readonly kind: AppName;
  readonly settings: Settings;
}

/** Starts one app and watches over it. Its log goes to a file, warnings and errors to the terminal too. */
export const startApp = async (
  installation: Installation,
  { name, kind, settings }: AppSpec,
): Promise<void> => {
  const { folder, terminal, clock, parts } = installation;
  const logFile = join(folder.logs, `${name}.log`);
  const log = rollingLog(logFile);
  const onLine = (line: string): void => {
    log(line);
    const shown = forTerminal(line);
    if (shown !== null) terminal.say(`${name} | ${shown}`);
  };
  const start = async (): Promise<NodeApp> => {
    const app = await startNodeApp({
      entry: join(projectRoot, 'apps', kind, 'dist', 'main.js'),
      env: appEnvironment(kind, settings),
      onLine,
    });
    rememberProcess(folder.run, name, app);
    return app;
  };
  try {
    parts.add(kind, await supervise({ name, start, clock, say: terminal.say }));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    throw new SetupError(`${name} did not start: ${error.message}; its log is ${logFile}`);
  }
};
