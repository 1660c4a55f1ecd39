import { done, happens, reply, type Row, state, told, wants } from '../play/row.ts';
import { overEach } from '../room/over-each.ts';
import { atWork } from '../sequences/d04-login.ts';
import { answered, inACall, rings } from '../sequences/d05-inbound.ts';
import { dials } from '../sequences/d06-outbound.ts';
import { asksExpert } from '../sequences/d07-consult.ts';
import { CALLER, SUPERVISOR } from '../sequences/numbers.ts';

const ringing: readonly Row[] = [...atWork, ...rings];
const NOBODY = { reason: 'Nobody is there.' };

overEach((scene) => {
  it('T-13 asks to accept the interaction when the agent answers the leg', async () => {
    const play = await scene.play([...ringing, ...answered]);
    await play.nothingElse();
    const session = play.names.idOf('S');
    const names = scene
      .room()
      .switchSide.asked.items.filter(({ question }) => question.header.target.startsWith(session))
      .map(({ question }) => question.header.name);
    expect(names).toContain('interaction.request.accept');
    expect(names).not.toContain('conversation.request.answer');
  });

  const release = 'conversation.request.release';
  it.each([
    ['the ringing first leg as a rejection', ringing, 'V1', done('interaction.request.reject', 'I')],
    [
      'the dialled first leg as a rejection',
      [...atWork, ...dials],
      'V1',
      done('interaction.request.reject', 'I'),
    ],
    ['the first leg of a call', inACall, 'V1', done(release, 'V1')],
    ['the dialled second leg', [...inACall, ...asksExpert], 'V2', done(release, 'V2')],
    ['the first leg during a consult', [...inACall, ...asksExpert], 'V1', done(release, 'V1')],
  ] as const)('T-14 releases %s', (_, before, at, question) =>
    scene.check([...before, wants(release, at), ...question, reply(release, at)]),
  );

  it.each([
    ['blindtransfer', 'transfer'],
    ['blindconference', 'conference'],
  ])('T-21 asks for a %s as %s', (wanted, asked) =>
    scene.check([
      ...inACall,
      wants(`conversation.request.${wanted}`, 'V1', { destination: SUPERVISOR }),
      ...done(`conversation.request.${asked}`, 'V1', { destination: SUPERVISOR }),
      reply(`conversation.request.${wanted}`, 'V1'),
    ]),
  );

  it.each(['transfer', 'conference'])('T-22 changes no state when a %s has failed', (move) =>
    scene.check([
      ...inACall,
      happens(`conversation.${move}.failed`, 'V1', NOBODY),
      told(`conversation.${move}.failed`, 'V1', NOBODY),
      happens('conversation.talking', 'V1'),
      happens('conversation.held', 'V1'),
      state('V1', 'HELD'),
      happens(`conversation.${move}.failed`, 'V1', NOBODY),
      told(`conversation.${move}.failed`, 'V1', NOBODY),
      happens('conversation.held', 'V1'),
      happens('conversation.mute', 'V1'),
      state('V1', 'MUTE'),
    ]),
  );

  it('T-27 tells of a party once, by whatever name it comes again', () =>
    scene.check([
      ...inACall,
      happens('conversation.partyadded', 'V1', { number: CALLER }),
      happens('conversation.partyadded', 'V1', { number: CALLER, name: 'Another Caller' }),
      happens('conversation.partyadded', 'V1', { number: SUPERVISOR }),
      told('conversation.member.added', 'V1', { member: { number: SUPERVISOR } }),
      happens('conversation.partyadded', 'V1', { number: SUPERVISOR, name: 'Example Supervisor' }),
    ]));
});
