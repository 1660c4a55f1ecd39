import { insist } from '../../check/mismatch.ts';
import { objectOf } from '../../wire/frame.ts';
import { type Stage } from '../desk/stage.ts';
import { checksOf } from './check.ts';
import { insistNoAct, insistRefused } from './expect.ts';

const activation = async (stage: Stage): Promise<void> => {
  const desk = await stage.active();
  const { line } = stage;
  const key = 'channel-activation-supported';
  if (!stage.can(key)) return insistRefused(desk, key, 'channel.request.deactivate', desk.phone);
  const from = line.mark;
  await desk.must('channel.request.notready', desk.phone, { reasoncode: 'logout' });
  await desk.must('channel.request.deactivate', desk.phone);
  await line.event('channel.deactivated', desk.phone, from);
  await insistNoAct(desk, 'channel.request.deactivate', desk.phone);
  const reading = await desk.must('channel.query.init', desk.phone);
  insist(reading['channel-state'] === 'INACTIVE', 'channel-state INACTIVE', reading);
  const then = line.mark;
  await desk.must('channel.request.activate', desk.phone);
  await line.event('channel.activated', desk.phone, then);
  await desk.must('channel.request.activate', desk.phone);
  const active = await desk.must('channel.query.init', desk.phone);
  insist(active['channel-state'] === 'ACTIVE', 'channel-state ACTIVE', active);
};

const availability = async (stage: Stage): Promise<void> => {
  const desk = await stage.active();
  const { line } = stage;
  const is = async (status: string): Promise<void> => {
    const reading = await desk.must('channel.query.init', desk.phone);
    insist(objectOf(reading['agent-state'])['status'] === status, `agent-state.status ${status}`, reading);
  };
  let from = line.mark;
  await desk.must('channel.request.ready', desk.phone);
  await line.event('channel.ready', desk.phone, from);
  await desk.must('channel.request.ready', desk.phone);
  await is('ready');
  from = line.mark;
  await desk.must('channel.request.notready', desk.phone, { reasoncode: 'break', reasondesc: 'Break' });
  await line.event('channel.notready', desk.phone, from, ({ reasoncode }) => reasoncode === 'break');
  await desk.must('channel.request.notready', desk.phone, { reasoncode: 'break', reasondesc: 'Break' });
  await is('not_ready');
  from = line.mark;
  await desk.must('channel.request.notready', desk.phone, { reasoncode: 'acw' });
  await line.event('channel.notready', desk.phone, from, ({ reasoncode }) => reasoncode === 'acw');
  await is('after_call_work');
};

const media = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk(0, { chat: true, email: true, callback: true });
  const types = desk.channels.map(({ type }) => type.toUpperCase());
  const keys = { CHAT: 'chat-supported', EMAIL: 'email-supported', CALLBACK: 'callback-supported' } as const;
  for (const [type, key] of Object.entries(keys)) {
    const [expected, found] = [stage.can(key) ? 1 : 0, types.filter((one) => one === type).length];
    insist(
      found === expected,
      `${expected} channel of type ${type}, as ${key} is ${stage.can(key)}`,
      types.join(', '),
    );
  }
};

/** Channels (bridge B.4). */
export const channelChecks = checksOf('basic')(
  [
    'CHN-R01',
    'bridge CHN-R01, CHN-R02',
    'activate and deactivate: SUCCESS, then the event; SUCCESS again when it is so',
    activation,
  ],
  [
    'CHN-R03',
    'bridge CHN-R03, CHN-R04',
    'ready and notready: SUCCESS, then the event with the reason; the reading says the same',
    availability,
  ],
);

/** Media channels beside the telephone (bridge SES-Q01). */
export const mediaChannelChecks = checksOf('multimedia')([
  'SES-Q01-media',
  'bridge SES-Q01, B.1.1',
  'the group holds a channel of each medium that was asked for and is supported',
  media,
]);
