import { appEnvironment, type AppName, type Settings } from '@cordboard/embedded';
import { appEntry } from './app-entry.ts';
import { createStackApp, type StackApp } from './stack-app.ts';

/**
 * Starts one built app beside, or without, a stack, on free ports; it is told these settings and no others. Stop it
 * in `afterAll`. The error of a start that failed says what the app wrote.
 */
export const startApp = async (
  app: AppName,
  settings: Settings,
  execArgv: readonly string[] = [],
): Promise<StackApp> => {
  const told = { CORDBOARD_HOST: '127.0.0.1', CORDBOARD_METRICS_PORT: '0', ...settings };
  const started = createStackApp(app, appEntry(app), () => appEnvironment(app, told), execArgv);
  try {
    await started.start();
    return started;
  } catch (error) {
    throw new Error(`${app} did not start: ${String(error)}\n${started.log()}`);
  }
};
