import { SetupError } from '@cordboard/embedded';
import { adapterCommand, type AdapterOptions } from './adapter-command.ts';
import { conformanceCommand, type ConformanceOptions } from './conformance-command.ts';

type Options = Omit<AdapterOptions, 'adapter'> &
  Omit<ConformanceOptions, 'url'> & {
    readonly adapter?: string | undefined;
    readonly url?: string | undefined;
  };

/** `cordboard conformance`: of an edge or of an adapter, whichever is named. */
export const checkOf = async (options: Options): Promise<void> => {
  const { adapter, url } = options;
  if (adapter !== undefined && url === undefined) return adapterCommand({ ...options, adapter });
  if (url !== undefined && adapter === undefined) return conformanceCommand({ ...options, url });
  throw new SetupError('Give either --url, to check a deployment, or --adapter, to check an adapter.');
};
