import { insist } from '../../check/mismatch.ts';
import { brief, textOf } from '../../wire/frame.ts';
import { type Channel, type Desk, type Work } from '../desk/desk.ts';
import { type Stage } from '../desk/stage.ts';
import { NotRun } from '../desk/not-run.ts';
import { checksOf } from './check.ts';
import { mediaChannelChecks } from './channel-checks.ts';

const MEDIA = { chat: true, email: true, callback: true };
const KEYS = { CHAT: 'chat-supported', EMAIL: 'email-supported', CALLBACK: 'callback-supported' } as const;
const SUPPORTED = ['TELEPHONY', 'CHAT', 'EMAIL', 'CALLBACK'];

/** A chat or mail that is offered to the first agent. */
const offered = async (
  stage: Stage,
  type: keyof typeof KEYS,
): Promise<{ readonly work: Work; readonly from: number }> => {
  const { world, line } = stage;
  stage.needs(KEYS[type]);
  const desk = await stage.desk(0, MEDIA);
  const { path } = desk.channelOf(type);
  await desk.active(path);
  const from = line.mark;
  await world.contact(type, desk.agent.id, { account: 'AC-1' });
  return { work: await desk.offered(from, path), from };
};

const handled = async (stage: Stage, type: keyof typeof KEYS): Promise<void> => {
  const { line } = stage;
  const {
    work: { desk, interaction, reading, primary },
  } = await offered(stage, type);
  insist(reading['interaction-state'] === 'ALERTING', 'interaction-state ALERTING', reading);
  insist(primary === '', 'no conversations', reading);
  await desk.must('interaction.request.accept', interaction);
  await desk.must('interaction.request.accept', interaction);
  insist(
    (await desk.stateOf(interaction)) === 'STARTED',
    'interaction-state STARTED',
    await desk.stateOf(interaction),
  );
  await desk.must('interaction.request.complete', interaction);
  await line.settled();
  await desk.must('interaction.request.complete', interaction);
  await desk.must('interaction.request.dispose', interaction);
};

const turnedDown = async (stage: Stage): Promise<void> => {
  const {
    work: { desk, interaction },
  } = await offered(stage, 'CHAT');
  await desk.must('interaction.request.reject', interaction);
  const state = await desk.stateOf(interaction);
  insist(state === 'ENDED' || state === 'COMPLETED', 'interaction-state ENDED', state);
  await desk.must('interaction.request.reject', interaction);
};

const customerLeaves = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const {
    work: { desk, interaction },
  } = await offered(stage, 'CHAT');
  await desk.must('interaction.request.accept', interaction);
  const from = line.mark;
  await stage.world.leaveAll(desk.agent.id);
  const over = ['interaction.ended', 'interaction.completed'];
  await line.until(
    () => line.eventsSince(from, interaction).find(({ name }) => over.includes(name)),
    over.join(' or '),
    () => brief(line.eventsSince(from).map(({ name }) => name)),
  );
};

/** A channel of a medium that nobody supports: one that the switch lists, or one that joins. */
const odd = async (stage: Stage): Promise<Channel> => {
  const { line } = stage;
  const desk = await stage.desk();
  const listed = desk.channels.find(({ type }) => !SUPPORTED.includes(type.toUpperCase()));
  if (listed !== undefined) return listed;
  const from = line.mark;
  const endpoint = `${desk.agent.id}-odd-${line.sent}`;
  await stage.world.phone(desk.agent.id, 'join-channel', { type: 'FAX', endpoint });
  const { target, body } = await line.event(
    'channelgroup.channel',
    desk.group,
    from,
    ({ nativeid }) => nativeid === endpoint,
  );
  await desk.addChannel(target, { 'end-point': endpoint, type: textOf(body['type']) });
  return desk.channels.at(-1) ?? desk.channelOf('FAX');
};

const refusals = async (desk: Desk, path: string): Promise<void> => {
  await desk.refused('channel.request.activate', path);
  await desk.refused('channel.request.ready', path);
  await desk.refused('channel.request.notready', path, { reasoncode: 'break' });
  await desk.refused('channel.request.dial', path, { destination: '100' });
  await desk.refused('channel.request.createinteraction', path, { id: 'i1', nativeid: 'n1' });
  await desk.refused('channel.request.deactivate', path);
};

const unsupported = async (stage: Stage): Promise<void> => {
  const { path } = await odd(stage);
  const desk = await stage.desk();
  const reading = await desk.must('channel.query.init', path);
  insist(reading['interactions'] === undefined, 'no interactions in the reading', reading);
  await refusals(desk, path);
  await desk.must('channel.request.dispose', path);
  await desk.must('channel.request.dispose', path);
};

const taken = async (stage: Stage): Promise<void> => {
  const { line, world } = stage;
  const desk = await stage.active();
  const { id } = desk.agent;
  let from = line.mark;
  await world.phone(id, 'take-over');
  await line.event('channel.unavailable', desk.phone, from);
  const reading = await desk.must('channel.query.init', desk.phone);
  insist(reading['channel-state'] === 'UNAVAILABLE', 'channel-state UNAVAILABLE', reading);
  from = line.mark;
  await world.phone(id, 'free');
  await line.event('channel.available', desk.phone, from);
};

const needsPhone = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk(0, MEDIA);
  const chat = desk.channels.find(({ type }) => type.toUpperCase() === 'CHAT');
  if (chat === undefined) throw new NotRun('the adapter has no chat channel');
  await desk.refused('channel.request.dial', chat.path, { destination: '100' });
};

/** Chats, mails, callbacks and channels that nobody knows: D.16, T-25. */
export const multimediaChecks = [
  ...mediaChannelChecks,
  ...checksOf('multimedia')(
    [
      'D.16-chat',
      'bridge D.16',
      'a chat: offered, ALERTING without conversations, accepted, completed',
      (stage) => handled(stage, 'CHAT'),
    ],
    [
      'D.16-email',
      'bridge D.16',
      'an e-mail: offered, ALERTING without conversations, accepted, completed',
      (stage) => handled(stage, 'EMAIL'),
    ],
    [
      'D.16-callback',
      'bridge D.16',
      'a callback: offered, ALERTING without conversations, accepted, completed',
      (stage) => handled(stage, 'CALLBACK'),
    ],
    [
      'D.16-reject',
      'bridge INT-R02',
      'a chat that is rejected has ENDED; rejecting again is SUCCESS',
      turnedDown,
    ],
    [
      'D.16-leaves',
      'bridge INT-E03, INT-E04',
      'when the customer leaves, interaction.ended or completed comes',
      customerLeaves,
    ],
    ['CHN-R05', 'bridge CHN-R05', 'dial on a channel that is no telephone is FAILURE', needsPhone],
    [
      'T-25',
      'bridge B.4, T-25',
      'an unsupported channel can be read and disposed of; everything else is FAILURE',
      unsupported,
    ],
    [
      'CHN-E03',
      'bridge CHN-E03, CHN-E04',
      'a channel that another agent takes is unavailable, then available again',
      taken,
    ],
  ),
];
