import { insist } from '../../check/mismatch.ts';
import { brief, textOf } from '../../wire/frame.ts';
import { type Desk, listOf } from '../desk/desk.ts';
import { newSessionId } from '../desk/session-id.ts';
import { type Stage } from '../desk/stage.ts';
import { checksOf } from './check.ts';
import { insistNamed, insistPure } from './expect.ts';

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('.'));
const idOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const login = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk();
  const reading = await insistPure(desk, 'session.query.init', desk.session, desk.wishes);
  insist(listOf(reading['channel-groups']).length > 0, 'a channel group', reading);
  const phone = desk.channelOf('TELEPHONY');
  const group = await insistPure(desk, 'channelgroup.query.init', parentOf(phone.path));
  const listed = listOf(group['channels']).filter((channel) => channel['end-point'] === phone.nativeId);
  insist(listed.length === 1, `the channel ${phone.nativeId} once`, group);
  const channel = await insistPure(desk, 'channel.query.init', phone.path);
  insist(Array.isArray(channel['interactions']), 'an array interactions', channel);
};

const registeredTwice = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk();
  const { path, nativeId, type } = desk.channelOf('TELEPHONY');
  const group = stage.line.objects.known.get(parentOf(path))?.nativeId ?? '';
  await desk.must('session.request.addchannelgroup', desk.session, {
    id: idOf(parentOf(path)),
    nativeid: group,
  });
  await desk.must('channelgroup.request.addchannel', parentOf(path), {
    id: idOf(path),
    nativeid: nativeId,
    type,
  });
  await desk.must('channel.query.init', path);
};

const conflict = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk();
  const id = idOf(parentOf(desk.phone));
  await desk.refused('session.request.addchannelgroup', desk.session, { id, nativeid: 'another-group' });
};

/** A request of each kind of object, and the target of one that does not exist. */
const strangers = (desk: Desk): readonly (readonly [string, string])[] => {
  const group = parentOf(desk.phone);
  return [
    ['channelgroup.query.init', `${desk.session}.nobody`],
    ['channel.query.init', `${group}.nobody`],
    ['channel.request.ready', `${group}.nobody`],
    ['interaction.query.init', `${desk.phone}.nobody`],
    ['interaction.request.accept', `${desk.phone}.nobody`],
    ['conversation.query.init', `${desk.phone}.nobody.nobody`],
    ['conversation.request.hold', `${desk.phone}.nobody.nobody`],
  ];
};

const unknownTargets = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk();
  for (const [name, target] of strangers(desk)) await desk.refused(name, target);
  await desk.refused('session.query.init', newSessionId(), desk.wishes);
};

const unknownDisposals = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk();
  const group = parentOf(desk.phone);
  await desk.must('conversation.request.dispose', `${desk.phone}.nobody.nobody`);
  await desk.must('interaction.request.dispose', `${desk.phone}.nobody`);
  await desk.must('channel.request.dispose', `${group}.nobody`);
  await desk.must('channelgroup.request.dispose', `${desk.session}.nobody`);
  await desk.must('channelgroup.request.removechannel', group, { id: 'nobody' });
  await desk.must('session.request.removechannelgroup', desk.session, { id: 'nobody' });
  await desk.must('session.request.dispose', newSessionId());
};

const unknownRequests = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk();
  const { session, phone } = desk;
  const tried = [
    ['session.request.levitate', session],
    ['channelgroup.request.levitate', parentOf(phone)],
    ['channel.request.levitate', phone],
  ] as const;
  for (const [name, target] of tried) insistNamed(await desk.refused(name, target), name);
};

const missingBody = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk();
  const from = stage.line.mark;
  await desk.refused('channel.request.dial', desk.phone, {});
  await desk.refused('channel.request.createinteraction', desk.phone, { id: 'i0' });
  await desk.refused('channelgroup.request.addchannel', parentOf(desk.phone), {
    nativeid: 'x',
    type: 'TELEPHONY',
  });
  await stage.line.nothing('event of a request that was refused', from, ({ target }) =>
    target.startsWith(desk.session),
  );
};

/** D.9 by hand, in the order of the document. */
const logout = async (stage: Stage): Promise<void> => {
  const desk = await stage.active();
  const { line } = stage;
  const { phone, session } = desk;
  await desk.must('channel.request.ready', phone);
  const from = line.mark;
  await desk.must('channel.request.notready', phone, { reasoncode: 'logout' });
  await line.event('channel.notready', phone, from);
  if (stage.can('channel-activation-supported')) {
    await desk.must('channel.request.deactivate', phone);
    await line.event('channel.deactivated', phone, from);
  }
  await line.settled();
  for (const channel of line.objects.below(session, 'channel')) {
    await desk.must('channel.request.dispose', channel);
    await desk.must('channelgroup.request.removechannel', parentOf(channel), { id: idOf(channel) });
  }
  for (const group of line.objects.below(session, 'channelgroup')) {
    await desk.must('channelgroup.request.dispose', group);
    await desk.must('session.request.removechannelgroup', session, { id: idOf(group) });
  }
  await desk.must('session.request.logout', session);
  await desk.must('session.request.logout', session);
  const answered = line.mark;
  await line.nothing('event once the logout is answered', answered, ({ target }) =>
    target.startsWith(session),
  );
  await desk.must('session.request.dispose', session);
  await desk.must('session.request.dispose', session);
  await line.nothing('event once the session is disposed', answered, ({ target }) =>
    target.startsWith(session),
  );
  const login = desk.agent.id;
  desk.forget();
  await desk.open();
  insist(
    textOf((await desk.must('channel.query.init', desk.phone))['channel-state']) !== '',
    `${login} logged in again`,
    '',
  );
};

const apart = async (stage: Stage): Promise<void> => {
  const { out, in: incoming } = await stage.talking();
  const { line } = stage;
  const from = line.mark;
  await out.desk.must('conversation.request.hold', out.primary);
  await line.event('conversation.held', out.primary, from);
  const theirs = out.desk.session;
  await line.nothing(
    'event of a hold at the other agent',
    from,
    ({ name, target }) => name === 'conversation.held' && !target.startsWith(theirs),
  );
  const state = await incoming.desk.stateOf(incoming.primary);
  insist(state === 'TALKING', `the other agent's leg TALKING`, brief(state));
};

/** Objects: set-up, reading, tear-down (bridge D.1, D.4, D.9). */
export const objectChecks = checksOf('basic')(
  [
    'D.4',
    'bridge D.4, SES-Q01, CGP-Q01, CHN-Q01',
    'one group with the telephone in it, all readings the same when asked twice',
    login,
  ],
  [
    'D.1-twice',
    'bridge SES-R01, CGP-R01',
    'a registration again with the same ids is SUCCESS',
    registeredTwice,
  ],
  ['D.1-conflict', 'bridge SES-R01', 'an id that is used again for another native id is FAILURE', conflict],
  ['A8-5-requests', 'bridge A8-5', 'requests to unknown targets are FAILURE', unknownTargets],
  [
    'A8-5-disposals',
    'bridge A8-5',
    'dispose and remove requests for unknown targets are SUCCESS',
    unknownDisposals,
  ],
  [
    'A8-4',
    'bridge A8-4',
    'a request that nobody knows is FAILURE, and its name is in the words',
    unknownRequests,
  ],
  [
    'B-required',
    'bridge B',
    'a request without a required property is FAILURE and has no effect',
    missingBody,
  ],
  [
    'D.9',
    'bridge D.9, SES-R03, SES-R04',
    'a logout step by step; answered when it is over, SUCCESS again, and nothing is said after it',
    logout,
  ],
  ['A.5-apart', 'bridge A.5', 'what one agent does to a call is told of that agent alone', apart],
);
