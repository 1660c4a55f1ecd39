import { SetupError } from '@cordboard/embedded';
import { type DataFolder } from '../data-folder.ts';
import { readJsonObject, writePrivateJson } from './private-file.ts';

/** Where a running installation is found; kept for the other commands while it runs. */
export interface Runtime {
  readonly edgeUrl: string;
  readonly simulatorUrl: string;
  readonly ctiUrl: string;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly tenant: string;
  readonly processor: string;
}

const NAMES = ['edgeUrl', 'simulatorUrl', 'ctiUrl', 'databaseUrl', 'natsUrl', 'tenant', 'processor'] as const;

export const writeRuntime = ({ runtime }: DataFolder, content: Runtime): void => {
  writePrivateJson(runtime, content);
};

const readRuntime = ({ runtime }: DataFolder): Runtime | null => {
  const content = readJsonObject(runtime);
  if (content === null || NAMES.some((name) => typeof content[name] !== 'string')) return null;
  return content as unknown as Runtime;
};

/** An address from the environment, else of the running installation. Throws with what to do. */
export const addressOf = (folder: DataFolder, variable: string, name: (typeof NAMES)[number]): string => {
  const address = process.env[variable] ?? readRuntime(folder)?.[name];
  if (address !== undefined && address !== '') return address;
  throw new SetupError(`Cordboard is not running here: run npm start first, or set ${variable}.`);
};
