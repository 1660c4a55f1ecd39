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

const metric = (text: string, name: string): number => {
  const value = new RegExp(`^cordboard_${name}(?:{[^}]*})? ([0-9.e+]+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`there is no metric ${name}`);
  return Number(value);
};

/** Starts a built app that can be told to collect its garbage. */
export const measurableApp = (app: AppName, settings: Settings): Promise<StackApp> =>
  startApp(app, settings, ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(COLLECT)}`]);

/** Lets a measurable app collect its garbage, then reads what it takes. */
export const memoryOf = async ({ pid, ports }: StackApp): Promise<ProcessMemory> => {
  process.kill(pid, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, COLLECTED_MS));
  const response = await fetch(`http://127.0.0.1:${ports['metrics']}/metrics`);
  const text = await response.text();
  return {
    used: metric(text, 'nodejs_heap_size_used_bytes') + metric(text, 'nodejs_external_memory_bytes'),
    resident: metric(text, 'process_resident_memory_bytes'),
  };
};
