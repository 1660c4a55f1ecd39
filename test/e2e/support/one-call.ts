import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { eventually } from '@cordboard/testing';
import { succeeded, tokenFor } from './agent.ts';
import { type Condition, Desktop, event, type Frame } from './desktop.ts';

/** What an agent was told, in words that are the same on every phone system. */
export interface Told {
  readonly name: string;
  readonly target: string;
  readonly data: unknown;
}

interface Place {
  readonly processor: string;
  readonly ring: () => Promise<unknown>;
  /** Whether the phone system, and those that it is compared with, can do what a capability promises. */
  readonly can: (capability: string) => boolean;
}

/** The commands that every phone system of the comparison takes. */
const commonCommands = ({ can }: Pick<Place, 'can'>): ReadonlySet<string> =>
  new Set(
    CATALOGUE.commands
      .filter(({ capability }) => capability === null || can(capability))
      .map(({ name }) => name),
  );

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Ids become numbers in the order in which they were first seen; capabilities are those that all have. */
const normalised = (frames: readonly Frame[], common: ReadonlySet<string>): readonly Told[] => {
  const seen = new Map<string, string>();
  const numbered = (text: string): string =>
    text.replaceAll(ID, (id) => {
      const number = seen.get(id) ?? `#${seen.size + 1}`;
      seen.set(id, number);
      return number;
    });
  const plain = (key: string, value: unknown): unknown => {
    if (key === 'capabilities') {
      const given = Object.entries(value as Record<string, boolean>);
      return Object.fromEntries(given.filter(([command]) => common.has(command)));
    }
    return value;
  };
  return frames.map(({ name = '', target = '', data }) => {
    const text = numbered(JSON.stringify({ name, target, data }, plain));
    return JSON.parse(text) as Told;
  });
};

const prepare = async (desktop: Desktop, agent: string, processor: string): Promise<string> => {
  const data = { model: '', override: true, processor, agent: { id: agent, password: 'demo' } };
  const prepared = await eventually(async () =>
    succeeded(await desktop.ask('prepareSession', undefined, data)),
  );
  return (prepared.data?.session as { id: string }).id;
};

/** Logs in, takes a call, holds it, takes it back, releases and completes it, logs out; what the agent was told. */
export const playCall = async (
  edgeUrl: string,
  agent: string,
  { processor, ring, can }: Place,
): Promise<readonly Told[]> => {
  const desktop = await Desktop.open(edgeUrl, await tokenFor(edgeUrl, agent), agent);
  const session = await prepare(desktop, agent, processor);
  succeeded(await desktop.ask('bindSession', session, { client: 'tab' }));

  /** Asks for something, and waits for what comes of it. */
  const step = async (
    act: () => Promise<unknown>,
    last: Condition,
  ): Promise<{ readonly target: string; readonly frames: readonly Frame[] }> => {
    const from = desktop.frames.length;
    await act();
    const { target = '' } = await desktop.until(last, from);
    return { target, frames: desktop.frames.slice(from) };
  };
  const command = (name: string, target: string) => async () => succeeded(await desktop.ask(name, target));

  await step(command('session.start', session), event('session.initialized'));
  const created = desktop.events.find(({ name }) => name === 'channel.created');
  const channel = `${created?.target}.${(created?.data?.channel as { id: string }).id}`;
  await step(command('channel.request.activate', channel), event('state.updated', 'ACTIVE'));
  const available: Condition = ({ name, data }) =>
    name === 'channel.infochanged' && JSON.stringify(data).includes('"ready"');
  await step(command('channel.request.ready', channel), available);
  const rung = await step(ring, event('interaction.initialized'));
  const interaction = rung.target;
  const call = rung.frames.find(event('conversation.initialized'))?.target ?? '';
  await step(command('conversation.request.answer', call), event('state.updated', 'STARTED'));
  await step(command('conversation.request.hold', call), event('state.updated', 'HELD'));
  await step(command('conversation.request.retrieve', call), event('state.updated', 'TALKING'));
  await step(command('conversation.request.release', call), event('state.updated', 'ENDED'));
  const over = desktop.frames.length;
  await step(command('interaction.request.complete', interaction), event('interaction.disposed'));
  await desktop.until(available, over);
  await command('session.request.logout', session)();
  await desktop.close();
  return normalised(desktop.events, commonCommands({ can }));
};
