import { type CtiMessage, readAnswer } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { type CoreSession } from './core-session.ts';
import { listedKey } from './registration.ts';

const noteListed = ({ listed }: CoreSession, answer: JsonObject): void => {
  const read = readAnswer('session.query.init', answer);
  if (!read.ok) return;
  const { 'channel-groups': groups, channels = [] } = read.value;
  listed.clear();
  for (const { id } of groups) listed.add(listedKey('channelgroup', id));
  for (const channel of channels) listed.add(listedKey('channel', channel['end-point']));
};

/** What a successful answer means for the session: which objects it named, and whether the address book is followed. */
export const takeNote = (session: CoreSession, { header, body }: CtiMessage, answer: JsonObject): void => {
  if (header.name === 'session.query.init') noteListed(session, answer);
  if (header.name !== 'session.query.addressbook') return;
  if (body.stop === true) session.followsAddressBook = false;
  else if (body.realtime === true) session.followsAddressBook = true;
};
