import { type IdSource } from '@cordboard/kernel';
import { type BridgeDesk, firstOf, type HeardSession } from '../bridge-desk.ts';

/** One agent at the bridge, with a phone that is on. */
export interface PhoneDesk {
  /** Calls a number outside; settles when the agent talks. */
  readonly call: () => Promise<void>;
  /** Ends the call and wraps it up. */
  readonly release: () => Promise<void>;
}

/** Rings for a second, then answers and stays. */
const OUTSIDE = '+12025550100';
const ids = { group: 'G', channel: 'H', conversation: 'V' };

const logIn = async (desk: BridgeDesk, session: string, agent: string): Promise<string> => {
  const { ask } = desk;
  await desk.control('cti.request.createsession', { id: session, agent: { id: agent } });
  const wishes = { name: '', chat: false, email: false, callback: false };
  const group = firstOf(await ask('session.query.init', session, wishes), 'channel-groups', 'id');
  await ask('session.request.addchannelgroup', session, { id: ids.group, nativeid: group });
  const groupPath = `${session}.${ids.group}`;
  const phone = firstOf(await ask('channelgroup.query.init', groupPath), 'channels', 'end-point');
  const given = { id: ids.channel, nativeid: phone, type: 'TELEPHONY' };
  await ask('channelgroup.request.addchannel', groupPath, given);
  const channel = `${groupPath}.${ids.channel}`;
  await ask('channel.query.init', channel);
  await ask('channel.request.activate', channel);
  return channel;
};

const phoneDesk = (desk: BridgeDesk, heard: HeardSession, channel: string): PhoneDesk => {
  const { ask } = desk;
  let interaction = '';
  let conversation = '';
  return {
    call: async () => {
      await ask('channel.request.dial', channel, { destination: OUTSIDE });
      const { nativeid: id } = (await heard.until('channel.interaction')) as { readonly nativeid: string };
      interaction = `${channel}.${id}`;
      await ask('channel.request.createinteraction', channel, { id, nativeid: id });
      const { conversations } = await ask('interaction.query.init', interaction);
      const { primary } = conversations as { readonly primary: { readonly id: string } };
      conversation = `${interaction}.${ids.conversation}`;
      const leg = { id: ids.conversation, nativeid: primary.id };
      await ask('interaction.request.createconversation', interaction, leg);
      await ask('conversation.query.init', conversation);
      await heard.until('conversation.talking');
    },
    release: async () => {
      await ask('conversation.request.release', conversation);
      await heard.until('conversation.ended');
      await ask('conversation.request.dispose', conversation);
      await ask('interaction.request.complete', interaction);
      await ask('interaction.request.dispose', interaction);
    },
  };
};

/** Opens a session of the agent, reads it and switches the phone on. */
export const openPhoneDesk = async (
  desk: BridgeDesk,
  { next }: IdSource,
  agent: string,
): Promise<PhoneDesk> => {
  const session = next();
  const heard = desk.own(session);
  return phoneDesk(desk, heard, await logIn(desk, session, agent));
};
