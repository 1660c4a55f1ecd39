import { type JsonObject } from '@cordboard/kernel';
import { eventually } from '@cordboard/testing';
import { type Play } from '../play/player.ts';
import { answers, asked, done, happens, noise, reply, type Row, state, told, wants } from '../play/row.ts';
import { overEach } from '../room/over-each.ts';
import { type Asked } from '../room/scripted-peer.ts';
import { atWork } from '../sequences/d04-login.ts';
import { inACall, onlyLegEnds, rings } from '../sequences/d05-inbound.ts';
import { CALLER, SUPERVISOR, THE_CALLER } from '../sequences/numbers.ts';

/** More events at once than wait for anybody. */
const FLOOD = 5_000;

/** A wish, its way to the switch and back, and what comes of it: the session is well. */
const goesOn: readonly Row[] = [
  wants('conversation.request.hold', 'V1'),
  ...done('conversation.request.hold', 'V1'),
  reply('conversation.request.hold', 'V1'),
  happens('conversation.held', 'V1'),
  state('V1', 'HELD'),
];

/** Events that the bridge has no use for, about objects of a call that goes on. */
const NONSENSE: readonly (readonly [title: string, rows: readonly Row[]])[] = [
  ['without what it needs', [noise('channel.interaction', 'H')]],
  ['with a number for a text', [noise('channel.interaction', 'H', { nativeid: 7 })]],
  ['with an object for a text', [noise('conversation.partyadded', 'V1', { number: { of: 'what' } })]],
  ['with a list for an object', [noise('interaction.datachanged', 'I', { 'interaction-data': ['a'] })]],
  ['with an empty native id', [noise('channel.interaction', 'H', { nativeid: '' })]],
  ['with an endless native id', [noise('channel.interaction', 'H', { nativeid: 'n'.repeat(10_000) })]],
  ['of a name that nobody knows', [noise('conversation.danced', 'V1'), noise('nothing', 'S')]],
  [
    'of a name for another kind of object',
    [noise('conversation.talking', 'H'), noise('channel.ready', 'V1')],
  ],
  ['that is a question', [noise('conversation.request.hold', 'V1')]],
  ['about a call that it knows', [noise('channel.interaction', 'H', { nativeid: 'nI' })]],
  ['about a state that it is in', [noise('conversation.talking', 'V1'), noise('channel.activated', 'H')]],
  [
    'about a party that is not in the call',
    [noise('conversation.partyremoved', 'V1', { number: SUPERVISOR })],
  ],
];

/** Raises what no row can say: an event at a target that names nothing. */
const atNothing = ({ names }: Play): readonly string[] => [
  `${names.pathOf('I')}.nobody`,
  `${names.pathOf('S')}.x.y.z.u`,
  'no-such-session.g.h.i.v',
  '',
  '....',
  'a.b.c.d.e.f.g',
  `${names.pathOf('S')}. .*.>.x`,
];

overEach((scene) => {
  it.each(NONSENSE)('drops an event %s, and all sessions go on', async (_, rows) => {
    const other = await scene.play(inACall);
    const play = await scene.play([...inACall, ...rows]);
    await play.play(goesOn);
    await play.nothingElse();
    await other.play(goesOn);
    await other.nothingElse();
  });

  it('drops events about what nobody knows', async () => {
    const play = await scene.play(inACall);
    for (const target of atNothing(play)) {
      for (const name of ['conversation.talking', 'channel.interaction', 'session.ended']) {
        scene.room().switchSide.raiseUnheard(name, target, { nativeid: 'n' });
      }
    }
    await play.play(goesOn);
    await play.nothingElse();
  });

  it('drops events about what has been disposed of', () =>
    scene.check([
      ...inACall,
      ...onlyLegEnds,
      noise('conversation.talking', 'V1'),
      noise('conversation.ended', 'V1'),
      noise('conversation.partyadded', 'V1', { number: SUPERVISOR }),
      wants('interaction.request.complete', 'I'),
      ...done('interaction.request.complete', 'I'),
      reply('interaction.request.complete', 'I'),
      told('interaction.complete', 'I'),
      state('I', 'COMPLETED'),
      ...done('interaction.request.dispose', 'I'),
      told('interaction.disposed', 'I'),
      noise('interaction.started', 'I'),
      noise('interaction.datachanged', 'I', { 'interaction-data': { late: 'yes' } }),
    ]));

  it('lets events that come before their object is read take effect after it', () =>
    scene.check([
      ...atWork,
      happens('channel.interaction', 'H', { nativeid: 'nI' }),
      noise('channel.interaction', 'H', { nativeid: 'nI' }),
      ...done('channel.request.createinteraction', 'H', { id: 'I', nativeid: 'nI' }),
      asked('interaction.query.init', 'I'),
      happens('interaction.datachanged', 'I', { 'interaction-data': { EARLY: 'yes' } }),
      answers('interaction.query.init', 'I', {
        'interaction-state': 'ALERTING',
        'interaction-data': { ANI: CALLER },
        conversations: { primary: { id: 'nV1' } },
      }),
      told('interaction.created', 'H'),
      state('I', 'ALERTING'),
      ...done('interaction.request.createconversation', 'I', { id: 'V1', nativeid: 'nV1' }),
      asked('conversation.query.init', 'V1'),
      happens('conversation.talking', 'V1'),
      answers('conversation.query.init', 'V1', { 'conversation-state': 'RINGING', parties: [THE_CALLER] }),
      told('conversation.created', 'I'),
      state('V1', 'RINGING'),
      told('conversation.member.added', 'V1'),
      told('conversation.initialized', 'V1'),
      told('interaction.datachanged', 'I', { interactionData: { ANI: CALLER } }),
      told('interaction.preview', 'I'),
      told('interaction.initialized', 'I'),
      told('interaction.datachanged', 'I', { interactionData: { EARLY: 'yes' } }),
      state('V1', 'TALKING'),
      told('interaction.screenpop', 'I'),
      state('I', 'STARTED'),
    ]));

  it.each([
    ['names no primary leg', { 'interaction-state': 'ALERTING', 'interaction-data': {}, conversations: {} }],
    ['lacks the legs', { 'interaction-state': 'ALERTING', 'interaction-data': {} }],
  ])('announces a call without legs when its reading %s', (_, reading: JsonObject) =>
    scene.check([
      ...atWork,
      happens('channel.interaction', 'H', { nativeid: 'nI' }),
      ...done('channel.request.createinteraction', 'H', { id: 'I', nativeid: 'nI' }),
      ...done('interaction.query.init', 'I', {}, reading),
      told('interaction.created', 'H'),
      state('I', 'ALERTING'),
      told('interaction.datachanged', 'I'),
      told('interaction.preview', 'I'),
      told('interaction.initialized', 'I'),
    ]),
  );

  it.each([
    ['cannot be read', { 'interaction-state': 17 }],
    [
      'is a state nobody knows',
      { 'interaction-state': 'DANCING', 'interaction-data': {}, conversations: {} },
    ],
    ['is refused', { refuse: 'No such call.' }],
  ])('lets go of an interaction whose reading %s, and takes the next', async (_, reading: JsonObject) => {
    const { refuse, ...body } = reading;
    await scene.check([
      ...atWork,
      happens('channel.interaction', 'H', { nativeid: 'nJ' }),
      ...done('channel.request.createinteraction', 'H', { id: 'K', nativeid: 'nJ' }),
      asked('interaction.query.init', 'K'),
      {
        ...answers('interaction.query.init', 'K', body),
        ...(typeof refuse === 'string' ? { refused: refuse } : {}),
      },
      ...done('interaction.request.dispose', 'K'),
      ...rings,
    ]);
  });

  it('reads a session again whose events come too fast, and leaves others alone', async () => {
    const other = await scene.play(inACall);
    const play = await scene.play(inACall);
    const { switchSide } = scene.room();
    for (let n = 0; n < FLOOD; n += 1) {
      const body = { 'interaction-data': { N: String(n) } };
      switchSide.raiseUnheard('interaction.datachanged', play.names.pathOf('I'), body);
    }
    await other.play(goesOn);
    await other.nothingElse();
    const session = play.names.idOf('S');
    const created = ({ question: { header, body } }: Asked): boolean =>
      header.name === 'cti.request.createsession' && body.id === session;
    await eventually(() => switchSide.asked.items.filter(created).length === 2);
  });
});
