import { insist } from '../../check/mismatch.ts';
import { brief, objectOf, textOf } from '../../wire/frame.ts';
import { type Work } from '../desk/desk.ts';
import { type Pair, type Stage } from '../desk/stage.ts';
import { checksOf } from './check.ts';
import { insistPure } from './expect.ts';

const STARTED = ['conversation.started', 'conversation.talking', 'conversation.partyadded'];

type Seen = Pick<Work, 'desk' | 'interaction' | 'primary'>;

const readings = async ({ desk, interaction, primary }: Seen, state: string, leg: string): Promise<void> => {
  const reading = await insistPure(desk, 'interaction.query.init', interaction);
  insist(reading['interaction-state'] === state, `interaction-state ${state}`, reading);
  const conversation = await insistPure(desk, 'conversation.query.init', primary);
  insist(conversation['conversation-state'] === leg, `conversation-state ${leg}`, conversation);
};

/** What can be seen of a call by one agent alone, who dials the number that was given. */
const oneEnd = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const { desk, interaction, primary, reading } = await stage.onCall();
  const states = ['DIALING', 'STARTED'];
  insist(
    states.includes(textOf(reading['interaction-state'])),
    `interaction-state ${states.join(' or ')}`,
    reading,
  );
  await readings({ desk, interaction, primary }, 'STARTED', 'TALKING');
  const from = line.mark;
  await desk.must('conversation.request.release', primary);
  await line.event('conversation.ended', primary, from);
  const state = await desk.stateOf(interaction);
  insist(state === 'ENDED' || state === 'COMPLETED', 'interaction-state ENDED', state);
  await line.settled();
  await desk.must('conversation.request.dispose', primary);
  await desk.must('interaction.request.complete', interaction);
  await desk.must('interaction.request.dispose', interaction);
};

/** Both ends of a call, from the ring to the wrap-up: D.5 at one, D.6 at the other. */
const wholeCall = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  if (stage.agents.length === 1) return oneEnd(stage);
  const pair = await stage.ringing();
  const { out, in: incoming } = pair;
  await readings(out, 'DIALING', 'DIALING');
  await readings(incoming, 'ALERTING', 'RINGING');
  const from = line.mark;
  await incoming.desk.must('interaction.request.accept', incoming.interaction);
  await line.inOrder(STARTED, incoming.primary, from);
  await line.inOrder(STARTED, out.primary, from);
  await readings(out, 'STARTED', 'TALKING');
  await readings(incoming, 'STARTED', 'TALKING');
  await ended(pair, out, line.mark);
};

/** One end releases, both hear of it; then the interactions are completed. */
const ended = async ({ out, in: incoming }: Pair, by: Work, from: number): Promise<void> => {
  const { line } = by.desk;
  await by.desk.must('conversation.request.release', by.primary);
  for (const { desk, interaction, primary } of [out, incoming]) {
    await line.event('conversation.ended', primary, from);
    await desk.must('conversation.request.release', primary);
    const reading = await desk.must('interaction.query.init', interaction);
    const state = textOf(reading['interaction-state']);
    insist(state === 'ENDED' || state === 'COMPLETED', 'interaction-state ENDED', reading);
    await line.settled();
    await desk.must('conversation.request.dispose', primary);
    await desk.must('interaction.request.complete', interaction);
    await desk.must('interaction.request.complete', interaction);
    await desk.must('interaction.request.dispose', interaction);
    await desk.must('interaction.request.dispose', interaction);
  }
};

const calledHangsUp = async (stage: Stage): Promise<void> => {
  const pair = await stage.talking();
  await ended(pair, pair.in, stage.line.mark);
};

/** A call that nobody answers ends on both sides without having begun. */
const unanswered = async (stage: Stage, end: (pair: Pair) => Promise<unknown>): Promise<void> => {
  const { line } = stage;
  const pair = await stage.ringing();
  const from = line.mark;
  await end(pair);
  const { out, in: incoming } = pair;
  await line.event('conversation.ended', incoming.primary, from);
  const over = ['conversation.ended', 'conversation.failed', 'conversation.busy'];
  await line.until(
    () => line.eventsSince(from, out.primary).find(({ name }) => over.includes(name)),
    'the end of the leg that was dialled',
    () => brief(line.eventsSince(from).map(({ name }) => name)),
  );
  await line.nothing(
    'conversation.started for a call that nobody answered',
    from,
    ({ name }) => name === 'conversation.started',
  );
};

const rejected = (stage: Stage): Promise<void> =>
  unanswered(stage, ({ in: { desk, interaction } }) => desk.must('interaction.request.reject', interaction));

const cancelled = (stage: Stage): Promise<void> =>
  unanswered(stage, ({ out: { desk, interaction } }) => desk.must('interaction.request.reject', interaction));

const answeredByLeg = async (stage: Stage): Promise<void> => {
  const {
    in: { desk, primary, interaction },
  } = await stage.ringing();
  const from = stage.line.mark;
  await desk.must('conversation.request.answer', primary);
  await stage.line.inOrder(STARTED.slice(0, 2), primary, from);
  await desk.must('conversation.request.answer', primary);
  await desk.must('interaction.request.accept', interaction);
};

/** Somebody who is on a call cannot be reached: busy, or any other end, and never a start. */
const unreachable = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  stage.seat(2);
  const { out } = await stage.talking();
  const caller = await stage.active(2);
  const from = line.mark;
  await caller.must('channel.request.dial', caller.phone, { destination: out.desk.agent.extension });
  const work = await caller.offered(from);
  const state = textOf(line.objects.known.get(work.primary)?.reading['conversation-state']);
  const over = ['conversation.busy', 'conversation.failed', 'conversation.ended'];
  if (state !== 'RELEASED' && work.primary !== '')
    await line.until(
      () => line.eventsSince(from, work.primary).find(({ name }) => over.includes(name)),
      over.join(' or '),
      () => brief(line.eventsSince(from, work.primary).map(({ name }) => name)),
    );
  await line.nothing(
    'conversation.started',
    from,
    ({ name, target }) => name === 'conversation.started' && target === work.primary,
  );
};

const KEY = 'kit-check';
const VALUE = 'Grüße 😀 «ñ»';

const data = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  stage.needs('interaction-data-supported');
  const { desk, interaction } = await stage.onCall();
  const from = line.mark;
  const set = { key: KEY, value: VALUE };
  await desk.must('interaction.request.setinteractiondata', interaction, set);
  await line.event(
    'interaction.datachanged',
    interaction,
    from,
    (body) => objectOf(body['interaction-data'])[KEY] === VALUE,
  );
  await desk.must('interaction.request.setinteractiondata', interaction, set);
  await desk.must('interaction.request.setinteractiondata', interaction, {
    key: `${KEY}-more`,
    value: { one: VALUE },
  });
  const reading = await desk.must('interaction.query.init', interaction);
  insist(
    objectOf(reading['interaction-data'])[KEY] === VALUE,
    `interaction-data with ${KEY} ${VALUE}`,
    reading,
  );
  const asked = await desk.ask('interaction.query.data', interaction, { key: KEY });
  if (asked.header['result'] === 'SUCCESS')
    insist(
      objectOf(asked.body['interaction-data'])[KEY] === VALUE,
      `interaction-data ${KEY} ${VALUE}`,
      asked.body,
    );
};

const disposition = async (stage: Stage): Promise<void> => {
  const { desk, interaction } = await stage.onCall();
  const first = await desk.ask('interaction.request.setdisposition', interaction, { disposition: 'sale' });
  const second = await desk.ask('interaction.request.setdisposition', interaction, { disposition: 'sale' });
  insist(
    first.header['result'] === second.header['result'],
    'the same answer for the same value',
    second.header,
  );
};

const registration = async (stage: Stage): Promise<void> => {
  const { desk, interaction, nativeId, primary } = await stage.onCall();
  const { known } = stage.line.objects;
  const idOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
  await desk.must('channel.request.createinteraction', desk.phone, {
    id: idOf(interaction),
    nativeid: nativeId,
  });
  const leg = { id: idOf(primary), nativeid: known.get(primary)?.nativeId ?? '' };
  await desk.must('interaction.request.createconversation', interaction, leg);
  await desk.refused('interaction.request.createconversation', interaction, {
    ...leg,
    nativeid: 'another-leg',
  });
  await readings({ desk, interaction, primary }, 'STARTED', 'TALKING');
};

/** The observer goes, the call stays: the other end hears nothing, and nothing more is said of what is disposed. */
const disposedAlive = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const { out, in: incoming } = await stage.talking();
  const from = line.mark;
  await out.desk.must('conversation.request.dispose', out.primary);
  await out.desk.must('conversation.request.dispose', out.primary);
  await line.nothing(
    'end of the call by a dispose request',
    from,
    ({ name }) => name === 'conversation.ended',
  );
  const state = await incoming.desk.stateOf(incoming.primary);
  insist(state === 'TALKING', 'the other end TALKING', state);
  await out.desk.refused('conversation.query.init', out.primary);
};

/** Calls: D.5 and D.6, made by two agents of the switch. */
export const callChecks = checksOf('basic')(
  [
    'D.5-D.6',
    'bridge D.5, D.6',
    'a call of one agent to another: dialled, offered, accepted, released, completed, with its events in order on both sides',
    wholeCall,
  ],
  [
    'D.5-far-end',
    'bridge D.5, CNV-E11',
    'when the other end hangs up, conversation.ended comes',
    calledHangsUp,
  ],
  [
    'D.5-reject',
    'bridge D.5, INT-R02, F-15',
    'a call that is rejected ends without having started',
    rejected,
  ],
  [
    'D.6-cancel',
    'bridge D.6, INT-R02, F-25',
    'a call that is given up while dialling ends on both sides without having started',
    cancelled,
  ],
  [
    'F-14',
    'bridge F-14, CNV-R01',
    'conversation.request.answer answers the call as well; answering again is SUCCESS',
    answeredByLeg,
  ],
  [
    'D.6-unreachable',
    'bridge D.6, CNV-E03, CNV-E04',
    'a call to somebody who is busy appears and ends as busy, failed or ended',
    unreachable,
  ],
  [
    'INT-R04',
    'bridge INT-R04, INT-E05, T-01',
    'data is set, told and read back, whatever the characters',
    data,
  ],
  ['INT-R05', 'bridge INT-R05', 'setting the same disposition twice is answered alike', disposition],
  [
    'TEL-R01',
    'bridge CHN-R06, TEL-R01',
    'an interaction or conversation again with the same ids is SUCCESS, with another native id FAILURE',
    registration,
  ],
  [
    'T-17',
    'bridge CNV-R11, D.9, T-17',
    'dispose is answered at once, hangs nothing up, and the target is unknown afterwards',
    disposedAlive,
  ],
);
