import { eventually } from '@cordboard/testing';
import { Desktop, event, type Frame } from './desktop.ts';

/** A development token, as the embedded default gives it out. */
export const tokenFor = async (
  edgeUrl: string,
  agent: string,
  roles: readonly string[] = ['agent'],
): Promise<string> => {
  const response = await fetch(`${edgeUrl}/dev/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agent, roles }),
  });
  if (!response.ok) throw new Error(`no token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
};

/** An agent at work: the desktop, and the targets of what it has. */
export interface Agent {
  readonly id: string;
  readonly desktop: Desktop;
  readonly session: string;
  readonly channel: string;
}

export const succeeded = (frame: Frame): Frame => {
  if (frame.result !== 'success') throw new Error(`not a success: ${JSON.stringify(frame)}`);
  return frame;
};

/** Prepares a session of the agent, whatever it had before; a house that mends itself may put it off for a moment. */
export const prepare = async (desktop: Desktop, id: string, override = true): Promise<string> => {
  const data = { model: '', override, processor: '', agent: { id, password: 'demo' } };
  return eventually(
    async () => {
      const prepared = succeeded(await desktop.ask('prepareSession', undefined, data));
      return (prepared.data?.session as { id: string }).id;
    },
    { timeoutMs: 10_000, everyMs: 200 },
  );
};

/** Signs an agent in: token, prepare, bind, start, and the channel that came of it. */
export const signIn = async (edgeUrl: string, id: string): Promise<Agent> => {
  const desktop = await Desktop.open(edgeUrl, await tokenFor(edgeUrl, id), id);
  const session = await prepare(desktop, id);
  succeeded(await desktop.ask('bindSession', session, { afterSequence: 0, client: `tab-${id}` }));
  const from = desktop.frames.length;
  succeeded(await desktop.ask('session.start', session));
  await desktop.until(event('session.initialized'), from);
  const created = desktop.events.find(({ name }) => name === 'channel.created');
  const { id: channel } = created?.data?.channel as { id: string };
  return { id, desktop, session, channel: `${created?.target}.${channel}` };
};

/** Signs an agent in and makes it ready for calls. */
export const readyAgent = async (edgeUrl: string, id: string): Promise<Agent> => {
  const agent = await signIn(edgeUrl, id);
  const { desktop, channel } = agent;
  let from = desktop.frames.length;
  succeeded(await desktop.ask('channel.request.activate', channel));
  await desktop.until(event('state.updated', 'ACTIVE'), from);
  from = desktop.frames.length;
  succeeded(await desktop.ask('channel.request.ready', channel));
  await desktop.until((frame) => frame.name === 'state.updated' && frame.target === channel, from);
  return agent;
};
