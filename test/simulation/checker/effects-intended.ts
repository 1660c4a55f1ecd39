import { type World } from '../world/world.ts';
import { type Report } from './violation.ts';

/** What tells an adapter of an object's id, and what a survey asks: no effect, and needs no intent. */
const HARMLESS = new Set([
  'cti.request.status',
  'session.request.addchannelgroup',
  'session.request.addchannel',
  'channelgroup.request.addchannel',
  'channel.request.createinteraction',
  'interaction.request.createconversation',
]);

/** Whatever reaches the switch was written down before, and reaches it once. */
export const effectsIntended = ({ database, phones }: World, report: Report): void => {
  const intents = new Map<string, number>();
  for (const rows of database.log.streams.values()) {
    for (const { type, data, sessionId, seq } of rows) {
      if (type !== 'SwitchRequested' || typeof data.requestId !== 'string') continue;
      intents.set(data.requestId, database.storedAt.get(`${sessionId}/${String(seq)}`)?.step ?? Infinity);
    }
  }
  const carriedOut = new Set<string>();
  for (const { name, requestId, step, target } of phones.effects) {
    const intent = intents.get(requestId);
    if (!name.includes('.request.') || (intent === undefined && HARMLESS.has(name))) continue;
    const what = `${name} to ${target} (${requestId})`;
    if (intent === undefined) report('effects-intended', `${what} has no intent in the log`);
    else if (intent > step) report('effects-intended', `${what} went out before its intent was stored`);
    if (carriedOut.has(requestId)) report('effects-intended', `${what} was carried out twice`);
    carriedOut.add(requestId);
  }
};
