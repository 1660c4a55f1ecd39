import { type JsonObject } from '@cordboard/kernel';
import { answers, asked, done, extra, happens, type Row, state, told } from '../play/row.ts';
import { overEach } from '../room/over-each.ts';
import { atWork, channel, group, opens, prepares } from '../sequences/d04-login.ts';
import { rings } from '../sequences/d05-inbound.ts';
import { findsConsult } from '../sequences/d15-found.ts';
import { CALLER, EXPERT, THE_CALLER, THE_EXPERT } from '../sequences/numbers.ts';

/** An interaction appears; with the legs that the switch names. */
const appears = (now: string, conversations: JsonObject): readonly Row[] => [
  happens('channel.interaction', 'H', { nativeid: 'nI' }),
  ...done('channel.request.createinteraction', 'H', { id: 'I', nativeid: 'nI' }),
  ...done(
    'interaction.query.init',
    'I',
    {},
    { 'interaction-state': now, 'interaction-data': { ANI: CALLER }, conversations },
  ),
  told('interaction.created', 'H', { interaction: { id: 'I' } }),
  state('I', now),
];

/** A leg is registered and the switch asked for it. */
const leg = (name: string): readonly Row[] => [
  ...done('interaction.request.createconversation', 'I', { id: name, nativeid: `n${name}` }),
  asked('conversation.query.init', name),
];

const isRead = (name: string, now: string, party: Row['body']): Row =>
  answers('conversation.query.init', name, { 'conversation-state': now, parties: [party] });

const isTold = (name: string, now: string): readonly Row[] => [
  told('conversation.created', 'I', { conversation: { id: name } }),
  state(name, now),
  told('conversation.member.added', name),
  told('conversation.initialized', name),
];

const BOTH = { primary: { id: 'nV1' }, consult: { id: 'nV2' } };

overEach((scene) => {
  it('T-09 applies what is said right behind the reading of a leg, in order and all of it', () =>
    scene.check([
      ...atWork,
      ...appears('ALERTING', { primary: { id: 'nV1' } }),
      ...leg('V1'),
      isRead('V1', 'RINGING', THE_CALLER),
      happens('conversation.started', 'V1'),
      happens('conversation.talking', 'V1'),
      happens('conversation.partyadded', 'V1', THE_EXPERT),
      happens('conversation.held', 'V1'),
      happens('conversation.partyremoved', 'V1', { number: EXPERT }),
      ...isTold('V1', 'RINGING'),
      told('interaction.datachanged', 'I'),
      told('interaction.preview', 'I'),
      told('interaction.initialized', 'I'),
      state('V1', 'TALKING'),
      told('interaction.screenpop', 'I'),
      state('I', 'STARTED'),
      told('conversation.member.added', 'V1', { member: { number: EXPERT } }),
      state('V1', 'HELD'),
      told('conversation.member.removed', 'V1'),
    ]));

  it('T-10 lets events of an interaction wait until every leg of its reading is known', () =>
    scene.check([
      ...atWork,
      ...appears('STARTED', BOTH),
      happens('interaction.datachanged', 'I', { 'interaction-data': { VIP: 'yes' } }),
      ...leg('V1'),
      isRead('V1', 'HELD', THE_CALLER),
      happens('interaction.datachanged', 'I', { 'interaction-data': { VIP: 'no' } }),
      ...leg('V2'),
      happens('conversation.mute', 'V1'),
      isRead('V2', 'TALKING', THE_EXPERT),
      ...isTold('V1', 'HELD'),
      ...isTold('V2', 'TALKING'),
      told('interaction.focuschanged', 'I', { conversation: { id: 'V2' } }),
      extra('E36', state('I', 'STARTED')),
      told('interaction.datachanged', 'I', { interactionData: { ANI: CALLER } }),
      told('interaction.initialized', 'I'),
      told('interaction.datachanged', 'I', { interactionData: { VIP: 'yes' } }),
      told('interaction.datachanged', 'I', { interactionData: { VIP: 'no' } }),
      state('V1', 'MUTE'),
    ]));

  it.each([
    ['one leg of a reading with a primary', { primary: { id: 'nV1' } }, ['V1']],
    ['two of one with a consult', BOTH, ['V1', 'V2']],
    ['none of an empty one', {}, []],
  ])('T-11 makes %s', async (_, conversations, legs) => {
    const play = await scene.play([
      ...atWork,
      ...appears(legs.length === 0 ? 'ENDED' : 'STARTED', conversations),
      ...legs.flatMap((name) => [...leg(name), isRead(name, 'TALKING', THE_CALLER)]),
    ]);
    const initialized = async (): Promise<boolean> => {
      for (let n = 0; ; n += 1)
        if ((await play.desk.heard.at(n)).name === 'interaction.initialized') return true;
    };
    expect(await initialized()).toBe(true);
    const heard = play.desk.heard.items.filter(({ name }) => name === 'conversation.created');
    expect(heard).toHaveLength(legs.length);
  });

  it('T-12 registers a leg with both its ids and reads it at the longer target', async () => {
    const play = await scene.play([...atWork, ...rings]);
    const about = scene
      .room()
      .switchSide.asked.items.map(({ question }) => question)
      .filter(({ header }) => header.target.startsWith(play.names.pathOf('I')));
    const [registered, read] = about.slice(-2);
    expect(registered).toEqual({
      header: {
        type: 'cti.request',
        name: 'interaction.request.createconversation',
        target: play.names.pathOf('I'),
        requestId: expect.any(String) as string,
      },
      body: { id: play.names.idOf('V1'), nativeid: 'nV1' },
    });
    expect(read).toEqual({
      header: {
        type: 'cti.query',
        name: 'conversation.query.init',
        target: `${play.names.pathOf('I')}.${play.names.idOf('V1')}`,
        requestId: expect.any(String) as string,
      },
      body: {},
    });
  });

  it('T-24 recovers a held call and a talking expert at a login, the focus on the expert, told last of all', async () => {
    const play = await scene.play(findsConsult);
    await play.nothingElse();
    const focus = play.desk.heard.items.filter(({ name }) => name === 'interaction.focuschanged');
    expect(focus.map(({ body }) => body.conversation)).toEqual([{ id: play.names.idOf('V2') }]);
  });

  it('T-26 follows the log-in alone on a channel of a kind nobody knows', () =>
    scene.check([
      ...prepares,
      ...opens,
      ...group({ 'end-point': 'nM', type: 'FAX' }),
      state('G', 'INACTIVE'),
      ...channel('M', 'FAX', { 'channel-state': 'INACTIVE' }),
      told('channel.initialized', 'M'),
      told('channelgroup.initialized', 'G'),
      told('session.initialized', 'S'),
      happens('channel.ready', 'M'),
      happens('channel.notready', 'M', { reasoncode: '3' }),
      happens('channel.interaction', 'M', { nativeid: 'nJ' }),
      happens('channel.activated', 'M'),
      told('channel.infochanged', 'M', { state: 'ACTIVE' }),
      state('M', 'ACTIVE'),
      state('G', 'ACTIVE'),
      happens('channel.ready', 'M'),
      happens('channel.interaction', 'M', { nativeid: 'nJ' }),
      happens('channel.unavailable', 'M'),
      told('channel.infochanged', 'M', { state: 'UNAVAILABLE' }),
      state('M', 'UNAVAILABLE'),
      state('G', 'INACTIVE'),
      happens('channel.available', 'M'),
      told('channel.infochanged', 'M', { state: 'INACTIVE' }),
      state('M', 'INACTIVE'),
      happens('channel.activated', 'M'),
      told('channel.infochanged', 'M', { state: 'ACTIVE' }),
      state('M', 'ACTIVE'),
      state('G', 'ACTIVE'),
      happens('channel.deactivated', 'M'),
      told('channel.infochanged', 'M', { state: 'INACTIVE' }),
      state('M', 'INACTIVE'),
      state('G', 'INACTIVE'),
      happens('channel.disposed', 'M'),
      ...done('channel.request.dispose', 'M'),
      ...done('channelgroup.request.removechannel', 'G', { id: 'M' }),
      told('channel.disposed', 'M'),
      state('G', 'EMPTY'),
    ]));
});
