import { type Helper, startHelper } from './helper.ts';
import { type Recording } from './recording.ts';

/** The same hops with no engine: a raw edge and a raw owner. */
export interface RawChain {
  readonly edgeUrl: string;
  readonly edge: Helper;
  readonly owner: Helper;
  readonly stop: () => Promise<void>;
}

export const startRaw = async (
  servers: { readonly natsUrl: string; readonly databaseUrl: string },
  recording: Recording,
  paths: readonly string[],
): Promise<RawChain> => {
  const edge = startHelper('raw-edge');
  const owner = startHelper('raw-owner');
  const { natsUrl } = servers;
  await owner.ask('start', { ...servers, recording, paths });
  const port = await edge.ask('start', { natsUrl, command: recording.command });
  return {
    edgeUrl: `ws://127.0.0.1:${String(port)}`,
    edge,
    owner,
    stop: async () => {
      await edge.stop();
      await owner.stop();
    },
  };
};
