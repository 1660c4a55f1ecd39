import { type JsonObject } from '@cordboard/kernel';
import { office } from './office.ts';

/** What the switch of such an office offers beside what every switch does. */
const OFFERS = Object.fromEntries(
  ['addressbook', 'scripts', 'agentleg', 'signal', 'outboundskills', 'dial-extensions'].map((name) => [
    `${name}-supported`,
    true,
  ]),
);

type Office = ReturnType<typeof office>;

/** Such an office, the paths of what there is, and a way to let the switch tell something. */
interface OfficeInCall extends Office {
  readonly place: Awaited<ReturnType<Office['hire']>>;
  readonly session: string;
  readonly channel: string;
  readonly interaction: string;
  readonly conversation: string;
  /** Path of the second leg, empty without. */
  readonly second: string;
  readonly tell: (name: string, path: string, body?: JsonObject) => Promise<void>;
}

/** Path of the child that the last event of that name has announced. */
const announced = ({ events }: Office, name: string, child: string): string => {
  const created = events.filter((event) => event.name === name).at(-1);
  const { id } = (created?.data as Record<string, { id: string }>)[child] ?? { id: 'none' };
  return `${created?.target as string}.${id}`;
};

/** An office with one worker and an agent in a call; with `consult` a second leg talks and the first is held. */
export const officeInCall = async ({
  consult = false,
  ...hired
}: { readonly consult?: boolean } & Parameters<Office['hire']>[1] = {}): Promise<OfficeInCall> => {
  const all = office();
  const { adapter, send, turn } = all;
  const tell = async (name: string, path: string, body: JsonObject = {}): Promise<void> => {
    await all.settle(adapter.report(name, path, body));
    await turn();
  };
  adapter.script('cti.query.capabilities', OFFERS);
  adapter.script('channel.query.init', { 'channel-state': 'ACTIVE', interactions: [] });
  adapter.script('channel.query.outboundskills', { skills: [] });
  const place = await all.hire('w1', hired);
  const { session, channel } = await all.start();
  await tell('channel.interaction', channel, { nativeid: 'call' });
  const interaction = announced(all, 'interaction.created', 'interaction');
  const conversation = announced(all, 'conversation.created', 'conversation');
  await tell('conversation.talking', conversation);
  await tell('interaction.started', interaction);
  const call = { ...all, place, session, channel, interaction, conversation, tell };
  if (!consult) return { ...call, second: '' };
  adapter.script('interaction.request.consult', { nativeid: 'leg2' });
  adapter.script('conversation.query.init', { 'conversation-state': 'TALKING', parties: [] });
  await send('interaction.request.consult', interaction, { destination: '+12025550150' });
  await tell('conversation.held', conversation);
  return { ...call, second: announced(all, 'conversation.created', 'conversation') };
};
