import { EMPTY_HOUSE, type House } from '@cordboard/domain';
import { type JsonObject } from '@cordboard/kernel';
import { office } from '@cordboard/testing';

/** Each stands for what an agent or a switch may say of people; none may be found where anybody may look. */
const MARKS = {
  extension: '+12025550140',
  caller: '+12025550141',
  callerName: 'Mark Caller',
  data: 'mark-data-value',
  subKey: 'mark-sub-value',
  changed: 'mark-changed-value',
  set: 'mark-set-value',
  dialled: '+12025550142',
  dialExtension: 'mark-dial-extension',
  consulted: '+12025550143',
  transferred: '+12025550144',
  conferenced: '+12025550145',
  removed: '+12025550146',
  digits: '4111222233334444',
  disposition: 'mark-disposition',
  signal: 'mark-signal',
  notReady: 'mark-not-ready-reason',
  toldNotReady: 'mark-told-not-ready-reason',
  readNotReady: 'mark-read-not-ready-reason',
  logOut: 'mark-logout-reason',
  deactivation: 'mark-deactivation-reason',
  refusal: 'mark-words-of-a-refusal',
  failure: 'mark-transfer-failure',
  legError: 'mark-agent-leg-error',
  ended: 'mark-session-ended',
  bookName: 'mark-address-book',
  bookPhone: '+12025550147',
  directoryName: 'mark-directory-name',
  directoryNumber: '+12025550148',
  houseName: 'mark-house-entry',
  party: '+12025550149',
  partyName: 'Mark Party',
} as const;

const OFFERS = Object.fromEntries(
  ['directory', 'addressbook', 'agentleg', 'signal', 'dial-extensions', 'outboundskills'].map((name) => [
    `${name}-supported`,
    true,
  ]),
);
const HOUSE: House = {
  ...EMPTY_HOUSE,
  directory: [{ name: MARKS.houseName, destination: MARKS.directoryNumber }],
  queues: { support: { wrapUpMs: 10_000, dispositionRequired: true } },
};
const ENTRY = { name: 'x', type: 'external', destinations: [{ label: 'work', value: MARKS.bookPhone }] };
const BOOKS = [{ name: MARKS.bookName, groups: [], entries: [ENTRY] }];

/** An office with a debugging worker whose switch says all that it may say of people. */
const marked = async () => {
  const all = office();
  const { adapter, desk } = all;
  const internal: string[] = [];
  desk.subscribe('cb.v1.*.evt.>' as never, ({ subject, body }) => {
    if (subject.includes('.internal_')) internal.push(body);
  });
  adapter.script('cti.query.capabilities', OFFERS);
  adapter.script('session.query.addressbook', { addressbooks: BOOKS });
  adapter.script('session.query.directory', {
    entries: [{ name: MARKS.directoryName, destination: MARKS.directoryNumber }],
  });
  adapter.script('channel.query.init', {
    'channel-state': 'ACTIVE',
    'agent-state': { status: 'not_ready', 'reason-code': '7', 'reason-name': MARKS.readNotReady },
    interactions: [],
  });
  adapter.script('interaction.query.init', {
    'interaction-state': 'ALERTING',
    'interaction-data': {
      ANI: MARKS.caller,
      QUEUE: 'support',
      note: MARKS.data,
      more: { sub: MARKS.subKey },
    },
    conversations: { primary: { id: 'leg' } },
  });
  adapter.script('conversation.query.init', {
    'conversation-state': 'RINGING',
    parties: [{ number: MARKS.caller, name: MARKS.callerName }],
  });
  const place = await all.hire('w1', { house: () => HOUSE, debugContext: true });
  return { ...all, place, internal };
};

type Marked = Awaited<ReturnType<typeof marked>>;

/** Tells the switch's side and lets the engine work on it. */
const teller =
  ({ adapter, turn }: Marked) =>
  async (name: string, path: string, body: JsonObject = {}): Promise<void> => {
    await adapter.report(name, path, body);
    await turn();
  };

const idOf = ({ events }: Marked, name: string, what: string): string => {
  const created = events.filter((event) => event.name === name).at(-1);
  const child = (created?.data as Record<string, { id: string }>)[what];
  return `${created?.target as string}.${child?.id ?? ''}`;
};

/** A whole life of a session, with a mark wherever something of people can stand. Gives its id. */
const live = async (all: Marked): Promise<{ session: string; failures: readonly unknown[] }> => {
  const { send, adapter } = all;
  const tell = teller(all);
  const failures: unknown[] = [];
  const { session, channel } = await all.start({ extension: MARKS.extension });
  const ask = async (command: string, path: string, data: JsonObject = {}): Promise<void> => {
    const answer = await send(command, path, data);
    if (answer.failure !== undefined) failures.push([command, answer.failure.code, answer.failure.context]);
  };
  const refused = async (question: string, command: string, path: string, data: JsonObject = {}) => {
    adapter.script(question, { refuse: MARKS.refusal });
    await ask(command, path, data);
    adapter.script(question, {});
  };
  await ask('session.request.getdirectory', session);
  await ask('session.request.incontact.addressbook', session, { realtime: true });
  await tell('session.addressbook', session, { addressbooks: BOOKS });
  await tell('session.agentleg', session, { state: 'failed', error: MARKS.legError });
  await ask('channel.request.ready', channel);
  await tell('channel.ready', channel);
  await ask('channel.request.notready', channel, { reasoncode: '7', reasondesc: MARKS.notReady });
  await tell('channel.notready', channel, { reasoncode: '7', reasondesc: MARKS.toldNotReady });
  adapter.script('channel.query.outboundskills', { skills: [] });
  await ask('channel.request.dial', channel, {
    destination: MARKS.dialled,
    extensions: { note: MARKS.dialExtension },
  });
  await tell('channel.interaction', channel, { nativeid: 'call' });
  const interaction = idOf(all, 'interaction.created', 'interaction');
  const conversation = idOf(all, 'conversation.created', 'conversation');
  await ask('conversation.request.answer', conversation);
  await tell('conversation.talking', conversation);
  await tell('interaction.started', interaction);
  await tell('conversation.partyadded', conversation, { number: MARKS.party, name: MARKS.partyName });
  await tell('conversation.partyadded', conversation, {
    number: MARKS.party,
    name: `${MARKS.partyName} again`,
  });
  await ask('interaction.request.setinteractiondata', interaction, { key: 'own', value: MARKS.set });
  await tell('interaction.datachanged', interaction, { 'interaction-data': { own: MARKS.changed } });
  await ask('channel.request.ready', channel);
  await ask('channel.request.notready', channel, { reasoncode: '7', reasondesc: MARKS.notReady });
  await ask('conversation.request.senddtmf', conversation, { digits: MARKS.digits });
  await ask('interaction.request.incontact.signal', interaction, { p1: MARKS.signal });
  await refused('interaction.request.consult', 'interaction.request.consult', interaction, {
    destination: MARKS.consulted,
  });
  await refused('conversation.request.removeparty', 'conversation.request.removeparty', conversation, {
    number: MARKS.removed,
  });
  await ask('conversation.request.blindconference', conversation, { destination: MARKS.conferenced });
  await tell('conversation.conference.failed', conversation, { reason: MARKS.failure });
  await ask('conversation.request.blindtransfer', conversation, { destination: MARKS.transferred });
  await tell('conversation.transfer.failed', conversation, { reason: MARKS.failure });
  await ask('conversation.request.release', conversation);
  await tell('conversation.partyremoved', conversation, { number: MARKS.party });
  await tell('conversation.ended', conversation);
  await tell('interaction.ended', interaction);
  await tell('channel.notready', channel, { reasoncode: 'acw' });
  await ask('interaction.request.setdisposition', interaction, { disposition: MARKS.disposition });
  await ask('interaction.request.complete', interaction);
  await tell('interaction.completed', interaction);
  await ask('channel.request.deactivate', channel, { channeloptions: { reason: MARKS.deactivation } });
  adapter.script('session.request.logout', { refuse: MARKS.refusal });
  await ask('session.request.logout', session, { reason: MARKS.logOut });
  await tell('channel.notready', channel, { reasoncode: '7', reasondesc: MARKS.toldNotReady });
  await tell('session.ended', session, { reason: MARKS.ended });
  return { session, failures };
};

const found = (text: string): readonly string[] =>
  Object.entries(MARKS)
    .filter(([, mark]) => text.includes(mark) || text.includes(mark.replace('+', '')))
    .map(([name]) => name);

describe('what is said of people', () => {
  it('stands in no row, no internal publication, no log line and no context', async () => {
    const all = await marked();
    const { session, failures } = await live(all);
    const rows = all.stream(session);
    expect(rows.map(({ type }) => type)).toContain('SessionClosed');
    expect(rows.map(({ type }) => type)).toContain('AfterCallWorkBegan');
    expect(found(JSON.stringify(all.events))).toEqual(expect.arrayContaining(['bookPhone', 'toldNotReady']));
    const inClear = rows.map(({ type, target, data, meta }) => ({
      type,
      found: found(JSON.stringify([target, data, meta])),
    }));
    expect(inClear.filter((row) => row.found.length > 0)).toEqual([]);
    expect(all.internal.filter((body) => found(body).length > 0)).toEqual([]);
    expect(found(JSON.stringify(all.place.logged))).toEqual([]);
    expect(found(JSON.stringify(failures))).toEqual([]);
    expect(found(JSON.stringify(all.events.map(({ context, target }) => [context, target])))).toEqual([]);
    expect(failures).toEqual([
      ['interaction.request.consult', 'CTI_ERROR', expect.any(String)],
      ['conversation.request.removeparty', 'CTI_ERROR', expect.any(String)],
      ['session.request.logout', 'CTI_ERROR', expect.any(String)],
    ]);
  });
});
