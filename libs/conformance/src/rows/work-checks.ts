import { type Places } from '../check/event-list.ts';
import { insist, insistSame } from '../check/mismatch.ts';
import { type Stage } from '../desk/stage.ts';
import { type Frame, objectOf, textOf } from '../wire/frame.ts';
import { type Check, type CheckGroup } from './row.ts';

/** The demo house gives this queue after-call work and wants a disposition. */
const RULED = { QUEUE: '7001' };

const infos = ({ desk }: Stage, from: number): readonly Frame[] =>
  desk.events(from).filter(({ name }) => name === 'channel.infochanged');

/** A switch may count the agent as busy until the interaction is completed. */
const hasStatus = async (
  { desk }: Stage,
  { channel = '' }: Places,
  ...any: readonly string[]
): Promise<void> =>
  desk.until(
    () => any.includes(textOf(desk.thing(channel).status['status'])),
    `${channel} ${any.join(' or ')}`,
  );

const check = (title: string, run: Check['run']): Check => ({
  row: 'channel.infochanged',
  check: title,
  needsCaller: true,
  run,
});

const CHECKS: readonly Check[] = [
  check('after-call work by queue: acw with its end, a disposition, then what was before', async (stage) => {
    await stage.started();
    await stage.ready();
    const places = await stage.talking(RULED);
    const { conversation = '', interaction = '' } = places;
    const { desk } = stage;
    const from = desk.mark;
    await desk.must('conversation.request.release', conversation);
    await hasStatus(stage, places, 'after_call_work', 'busy_after_call_work');
    const timed = infos(stage, from).find(({ data }) => data?.['afterCallWorkEndsAt'] !== undefined);
    insist(timed !== undefined, 'afterCallWorkEndsAt', infos(stage, from));
    insistSame(desk.capability(interaction, 'interaction.request.complete'), false, 'complete');
    const set = desk.mark;
    await desk.must('interaction.request.setdisposition', interaction, { disposition: 'sold' });
    await desk.event('state.updated', set, { target: interaction });
    insistSame(desk.capability(interaction, 'interaction.request.complete'), true, 'complete');
    await desk.must('interaction.request.complete', interaction);
    await hasStatus(stage, places, 'ready');
  }),
  check('not ready during a call is pending until it is over', async (stage) => {
    await stage.started();
    await stage.ready();
    const places = await stage.talking();
    const { channel = '', conversation = '', interaction = '' } = places;
    const { desk } = stage;
    const from = desk.mark;
    await desk.must('channel.request.notready', channel, { reasoncode: 'lunch', reasondesc: 'Lunch' });
    await desk.event('channel.infochanged', from, { target: channel });
    const pending = infos(stage, from).map(({ data }) => objectOf(data?.['pending'])['status']);
    insist(pending.includes('not_ready'), 'pending not_ready', infos(stage, from));
    await desk.must('conversation.request.release', conversation);
    await desk.reaches(interaction, 'ENDED');
    await desk.must('interaction.request.complete', interaction);
    await hasStatus(stage, places, 'not_ready');
    const last = infos(stage, from).at(-1)?.data ?? {};
    insist(last['pending'] === undefined, 'nothing pending after the call', last);
    insistSame(objectOf(last['agentStatus'])['lastReasonCode'], 'lunch', 'lastReasonCode');
  }),
];

/** What an agent does when the call is over. */
export const workChecks = (): readonly CheckGroup[] => [{ name: 'after-call work', checks: CHECKS }];
