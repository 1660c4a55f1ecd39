import { type CtiMessage } from '@cordboard/cti-protocol';
import { answers, asked, done, happens, refuses, reply, type Row, state, wants } from '../play/row.ts';
import { overEach } from '../room/over-each.ts';
import { binds } from '../sequences/d04-login.ts';
import { inACall } from '../sequences/d05-inbound.ts';
import { consulting } from '../sequences/d07-consult.ts';
import { CALLER } from '../sequences/numbers.ts';

const dtmf = 'conversation.request.senddtmf';
const setData = 'interaction.request.setinteractiondata';
const setDisposition = 'interaction.request.setdisposition';

const threeQuestions: readonly Row[] = [
  ...inACall,
  wants(dtmf, 'V1', { digits: '1' }),
  asked(dtmf, 'V1', { digits: '1' }),
  wants(setData, 'I', { key: 'VIP', value: 'yes' }),
  asked(setData, 'I', { key: 'VIP', value: 'yes' }),
  wants(setDisposition, 'I', { disposition: 'sold' }),
  asked(setDisposition, 'I', { disposition: 'sold' }),
];

const misnamed = (question: CtiMessage, name: string): CtiMessage => ({
  header: { ...question.header, type: 'cti.response', name, result: 'SUCCESS' },
  body: {},
});

const FAILED = { result: 'failure', failure: { code: 'CTI_ERROR' } };
const leg = 'conversation.request.hold';

overEach((scene) => {
  it('T-04 knows answers by their ids, in whatever order they come', () =>
    scene.check([
      ...threeQuestions,
      answers(setDisposition, 'I'),
      reply(setDisposition, 'I'),
      refuses(dtmf, 'V1', 'Not now.'),
      reply(dtmf, 'V1', { result: 'failure', failure: { code: 'CTI_ERROR', message: 'Not now.' } }),
      answers(setData, 'I'),
      reply(setData, 'I'),
    ]));

  it.each([
    ['interaction.request.consulttransfer', 'I', {}, 'interaction.request.reject', consulting],
    ['conversation.request.removeparty', 'V1', { number: CALLER }, 'conversation.request.release', inACall],
  ])('T-05 takes the answer to %s under another name', async (name, at, body, misprint, before) => {
    const play = await scene.play([...before, wants(name, at, body), asked(name, at, body)]);
    const open = play.question(name);
    open.say(misnamed(open.question, misprint));
    await play.play([reply(name, at)]);
    await play.nothingElse();
  });

  it('drops a second answer, and one that nobody asked for', async () => {
    const play = await scene.play([...inACall, wants(leg, 'V1'), asked(leg, 'V1')]);
    const open = play.question(leg);
    open.answer();
    open.refuse('Not now.');
    open.say({ ...misnamed(open.question, leg), body: { more: true } });
    await play.play([reply(leg, 'V1'), happens('conversation.held', 'V1'), state('V1', 'HELD')]);
    open.say(
      misnamed({ ...open.question, header: { ...open.question.header, requestId: 'of-nothing' } }, leg),
    );
    await play.play([happens('conversation.talking', 'V1'), state('V1', 'TALKING')]);
    await play.nothingElse();
  });

  it('takes silence for a refusal after 30 seconds, and no answer after that', async () => {
    const room = await scene.another();
    const play = await scene.play([...inACall, wants(leg, 'V1'), asked(leg, 'V1')], room);
    await room.pass(30_000);
    await play.play([reply(leg, 'V1', FAILED)]);
    play.question(leg).answer();
    await play.play([happens('conversation.held', 'V1'), state('V1', 'HELD')]);
    await play.nothingElse();
  });

  it.each([
    ['without a result', { result: undefined }],
    ['with a result that nobody knows', { result: 'PERHAPS' as 'SUCCESS' }],
    ['of another type', { type: 'cti.event' as const }],
    ['to another question', { requestId: 'of-nothing' }],
    ['about another object', { target: 'elsewhere' }],
  ])('lets a command fail that gets an answer %s, and goes on', async (_, header) => {
    const room = await scene.another();
    const play = await scene.play([...inACall, wants(leg, 'V1'), asked(leg, 'V1')], room);
    const open = play.question(leg);
    const message = misnamed(open.question, leg);
    open.say({ ...message, header: { ...message.header, ...header } });
    await room.pass(30_000);
    await play.play([
      reply(leg, 'V1', FAILED),
      ...binds,
      wants(leg, 'V1'),
      ...done(leg, 'V1'),
      reply(leg, 'V1'),
    ]);
    await play.nothingElse();
  });
});
