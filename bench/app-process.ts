import { type AppName, type Settings } from '@cordboard/embedded';
import { startApp, type StackApp } from '@cordboard/testing';

/** What a process takes, in bytes: objects in use with what lives beside them, and in all. */
export interface ProcessMemory {
  readonly used: number;
  readonly resident: number;
}

// Without this much of what the metrics show would be garbage.
const COLLECT = `process.on('SIGUSR2', () => { gc(); gc(); })`;
const COLLECTED_MS = 500;

/** Starts a built app that can be told to collect its garbage. */
export const measurableApp = (
  app: AppName,
  settings: Settings,
  execArgv: readonly string[] = [],
): Promise<StackApp> =>
  startApp(app, settings, [
    '--expose-gc',
    '--import',
    `data:text/javascript,${encodeURIComponent(COLLECT)}`,
    ...execArgv,
  ]);

/** Reads the metrics of an app: gives the value of a name, with a label if it has several, such as `from="ring"`. */
export const metricsOf = async ({ ports }: StackApp): Promise<(name: string, label?: string) => number> => {
  const response = await fetch(`http://127.0.0.1:${ports['metrics']}/metrics`);
  const lines = (await response.text()).split('\n');
  return (name, label = '') => {
    const [value] = lines.flatMap((line) => {
      const [, shown, labels = '', found] = /^cordboard_(\w+)(?:{(.*)})? (\S+)$/.exec(line) ?? [];
      return shown === name && labels.includes(label) ? [Number(found)] : [];
    });
    if (value === undefined) throw new Error(`there is no metric ${name} ${label}`);
    return value;
  };
};

/** Lets a measurable app collect its garbage, then reads what it takes. */
export const memoryOf = async (app: StackApp): Promise<ProcessMemory> => {
  process.kill(app.pid, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, COLLECTED_MS));
  const metric = await metricsOf(app);
  return {
    used: metric('nodejs_heap_size_used_bytes') + metric('nodejs_external_memory_bytes'),
    resident: metric('process_resident_memory_bytes'),
  };
};
