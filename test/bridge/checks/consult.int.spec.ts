import { asked, done, happens, reply, type Row, state, told, wants } from '../play/row.ts';
import { overEach } from '../room/over-each.ts';
import { inACall } from '../sequences/d05-inbound.ts';
import { asksExpert, consulting } from '../sequences/d07-consult.ts';
import { EXPERT, THE_EXPERT } from '../sequences/numbers.ts';

const consult = 'interaction.request.consult';

/** A second leg of that native id is registered, read and told of. */
const secondLeg = (nativeid: string): readonly Row[] => [
  ...done('interaction.request.createconversation', 'I', { id: 'V2', nativeid }),
  ...done('conversation.query.init', 'V2', {}, { 'conversation-state': 'DIALING', parties: [THE_EXPERT] }),
  told('conversation.created', 'I', { conversation: { id: 'V2', role: 'consult' } }),
  state('V2', 'DIALING'),
  told('conversation.member.added', 'V2'),
  told('conversation.initialized', 'V2'),
  told('interaction.focuschanged', 'I', { conversation: { id: 'V2' } }),
];

/** A command about both legs, and its outcome. */
const wish = (name: string): readonly Row[] => [wants(name, 'I'), ...done(name, 'I'), reply(name, 'I')];

const released = (name: string): readonly Row[] => [
  state(name, 'RELEASED'),
  ...done('conversation.request.dispose', name),
  told('conversation.disposed', name),
];

const alternated: readonly Row[] = [
  state('V1', 'TALKING'),
  state('V2', 'HELD'),
  told('interaction.focuschanged', 'I', { conversation: { id: 'V1' } }),
];

const transferred: readonly Row[] = [
  ...released('V1'),
  told('interaction.focuschanged', 'I', { conversation: { id: 'V2' } }),
  ...released('V2'),
  told('interaction.ended', 'I'),
  state('I', 'ENDED'),
];

const facts: Readonly<Record<string, Row>> = {
  firstTalks: happens('conversation.talking', 'V1'),
  secondHeld: happens('conversation.held', 'V2'),
  firstEnds: happens('conversation.ended', 'V1'),
  secondEnds: happens('conversation.ended', 'V2'),
};

overEach((scene) => {
  it('T-18 registers the leg of a consult under the id of its answer', () =>
    scene.check([
      ...inACall,
      wants(consult, 'I', { destination: EXPERT }),
      asked(consult, 'I', { destination: EXPERT }),
      { ...done(consult, 'I')[1], body: { nativeid: 'leg-of-the-answer' } },
      reply(consult, 'I'),
      happens('conversation.held', 'V1'),
      state('I', 'STARTED'),
      state('V1', 'HELD'),
      ...secondLeg('leg-of-the-answer'),
    ]));

  it('T-19 makes a second leg of a consult begun on the phone', () =>
    scene.check([
      ...inACall,
      happens('interaction.consult', 'I', { nativeid: 'leg-of-the-phone' }),
      state('I', 'STARTED'),
      ...secondLeg('leg-of-the-phone'),
    ]));

  it.each([
    ['busy', {}],
    ['failed', { reason: 'Out of service.' }],
  ])('T-28 lets the call go on when the second leg is %s, the focus on the first', (event, why) =>
    scene.check([
      ...inACall,
      ...asksExpert,
      happens(`conversation.${event}`, 'V2', why),
      told(`conversation.${event}`, 'V2', why),
      state('V2', 'RELEASED'),
      ...done('conversation.request.dispose', 'V2'),
      told('conversation.disposed', 'V2'),
      told('interaction.focuschanged', 'I', { conversation: { id: 'V1' } }),
      state('I', 'STARTED'),
      happens('conversation.talking', 'V1'),
      state('V1', 'TALKING'),
    ]),
  );

  it.each([
    ['alternate', ['firstTalks', 'secondHeld'], alternated],
    ['alternate', ['secondHeld', 'firstTalks'], alternated],
    ['consulttransfer', ['firstEnds', 'secondEnds'], transferred],
    ['consulttransfer', ['secondEnds', 'firstEnds'], transferred],
  ])('T-23 tells of the first leg first: %s, reported as %j', (name, order, agent) =>
    scene.check([
      ...consulting,
      ...wish(`interaction.request.${name}`),
      ...order.flatMap((fact) => facts[fact] ?? []),
      ...agent,
    ]),
  );

  it('T-23 holds the second leg back for two seconds and no longer', async () => {
    const room = await scene.another();
    const play = await scene.play([...consulting, ...wish('interaction.request.alternate')], room);
    await play.play([happens('conversation.held', 'V2')]);
    await room.eventsHeard();
    room.clock.advance(1_999);
    await play.nothingElse();
    room.clock.advance(1);
    await play.play([
      state('V2', 'HELD'),
      happens('conversation.talking', 'V1'),
      state('V1', 'TALKING'),
      told('interaction.focuschanged', 'I', { conversation: { id: 'V1' } }),
    ]);
    await play.nothingElse();
  });
});
