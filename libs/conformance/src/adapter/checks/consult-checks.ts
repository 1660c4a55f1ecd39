import { insist } from '../../check/mismatch.ts';
import { brief, objectOf, textOf } from '../../wire/frame.ts';
import { type Stage } from '../desk/stage.ts';
import { type Heard } from '../line/heard.ts';
import { type Line } from '../line/line.ts';
import { checksOf } from './check.ts';
import { insistRefused } from './expect.ts';

const consulted = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const key = 'consult-supported';
  const { out } = await stage.talking();
  const { number, desk: other } = await stage.third();
  const { desk, interaction, primary } = out;
  const body = { destination: number };
  if (!stage.can(key)) return insistRefused(desk, key, 'interaction.request.consult', interaction, body);
  const from = line.mark;
  const { nativeid } = await desk.must('interaction.request.consult', interaction, body);
  insist(typeof nativeid === 'string' && nativeid !== '', 'nativeid of the new leg in the answer', nativeid);
  await line.event('conversation.held', primary, from);
  const reading = await desk.must('interaction.query.init', interaction);
  const { consult } = objectOf(reading['conversations']);
  insist(objectOf(consult)['id'] === nativeid, `conversations.consult.id ${textOf(nativeid)}`, reading);
  const leg = await desk.join(interaction, textOf(nativeid));
  const then = line.mark;
  if (other !== null) {
    const third = await other.offered(from);
    await other.must('interaction.request.accept', third.interaction);
  }
  await line.inOrder(
    ['conversation.started', 'conversation.talking', 'conversation.partyadded'],
    leg,
    Math.min(from, then),
  );
  await desk.refused('interaction.request.consult', interaction, body);
};

const released = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const {
    out: { desk, primary, interaction },
    consult,
  } = await stage.consulting();
  const from = line.mark;
  await desk.must('conversation.request.release', consult);
  await line.event('conversation.ended', consult, from);
  await line.settled();
  await desk.must('conversation.request.dispose', consult);
  insist(
    (await desk.stateOf(interaction)) === 'STARTED',
    'the interaction STARTED',
    await desk.stateOf(interaction),
  );
  const state = await desk.stateOf(primary);
  insist(state === 'HELD' || state === 'TALKING', 'the primary HELD or TALKING', state);
  if (state === 'HELD') await desk.must('conversation.request.retrieve', primary);
};

const releasedEarly = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const {
    out: { desk, interaction },
    consult,
  } = await stage.consulting(false);
  const from = line.mark;
  await desk.must('conversation.request.release', consult);
  await line.event('conversation.ended', consult, from);
  insist(
    (await desk.stateOf(interaction)) === 'STARTED',
    'the interaction STARTED',
    await desk.stateOf(interaction),
  );
};

const callerLeaves = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const {
    out: { desk, primary, interaction },
    in: incoming,
    consult,
  } = await stage.consulting();
  const from = line.mark;
  await incoming.desk.must('conversation.request.release', incoming.primary);
  await line.event('conversation.ended', primary, from);
  const [work, leg] = [await desk.stateOf(interaction), await desk.stateOf(consult)];
  insist(
    work === 'STARTED' && leg === 'TALKING',
    'the interaction STARTED and the consult TALKING',
    `${work}, ${leg}`,
  );
};

/** The last word about the media of a leg since a moment. */
const swapped = (line: Line, from: number, leg: string, name: string): Promise<Heard> =>
  line.event(name, leg, from);

const alternates = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const {
    out: { desk, primary, interaction },
    consult,
  } = await stage.consulting();
  for (const [active, other] of [
    [consult, primary],
    [primary, consult],
  ] as const) {
    const from = line.mark;
    await desk.must('interaction.request.alternate', interaction);
    await swapped(line, from, active, 'conversation.held');
    await swapped(line, from, other, 'conversation.talking');
    await line.settled();
    const wrong = line
      .eventsSince(from)
      .filter(
        ({ name, target }) =>
          (name === 'conversation.held' && target === other) ||
          (name === 'conversation.talking' && target === active),
      );
    insist(
      wrong.length === 0,
      'the leg that talked last held, the other talking',
      brief(wrong.map(({ name, target }) => [name, target])),
    );
    const states = [await desk.stateOf(active), await desk.stateOf(other)];
    insist(states.join() === 'HELD,TALKING', 'the legs HELD and TALKING', states.join());
  }
};

const transfers = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const {
    out: { desk, primary, interaction },
    in: incoming,
    consult,
    third,
    number,
  } = await stage.consulting();
  const from = line.mark;
  await desk.must('interaction.request.consulttransfer', interaction);
  await line.event('conversation.ended', primary, from);
  await line.event('conversation.ended', consult, from);
  const state = await desk.stateOf(interaction);
  insist(state === 'ENDED' || state === 'COMPLETED', 'the interaction ENDED', state);
  await line.event('conversation.partyadded', incoming.primary, from, (body) => body['number'] === number);
  if (third !== null)
    insist((await third.desk.stateOf(third.primary)) === 'TALKING', 'the third party TALKING', '');
  insist((await incoming.desk.stateOf(incoming.primary)) === 'TALKING', 'the caller TALKING', '');
};

const blindTransfer = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const key = 'blind-transfer-supported';
  const {
    out: { desk, primary },
  } = await stage.talking();
  const { number, desk: other } = await stage.third();
  const body = { destination: number };
  if (!stage.can(key)) return insistRefused(desk, key, 'conversation.request.transfer', primary, body);
  const from = line.mark;
  await desk.must('conversation.request.transfer', primary, body);
  const third = other === null ? null : await other.offered(from);
  if (third !== null) await third.desk.must('interaction.request.accept', third.interaction);
  await line.event('conversation.ended', primary, from);
  if (third !== null) await line.event('conversation.talking', third.primary, from);
};

/** To somebody who cannot be had: a failure is told, and a state after it; or it is refused at once. */
const transferFails = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  stage.needs('blind-transfer-supported');
  const {
    out: { desk, primary },
  } = await stage.talking();
  const from = line.mark;
  const answer = await desk.ask('conversation.request.transfer', primary, { destination: '0000000' });
  if (answer.header['result'] === 'FAILURE') {
    insist(
      (await desk.stateOf(primary)) === 'TALKING',
      'the leg TALKING as before',
      await desk.stateOf(primary),
    );
    return line.nothing('event of a transfer that was refused', from, ({ target }) => target === primary);
  }
  const after = ['conversation.transfer.failed', 'conversation.ended'];
  const first = await line.until(
    () => line.eventsSince(from, primary).find(({ name }) => after.includes(name)),
    after.join(' or '),
    () => brief(line.eventsSince(from, primary).map(({ name }) => name)),
  );
  if (first.name === 'conversation.ended') return;
  const states = ['conversation.talking', 'conversation.held', 'conversation.mute', 'conversation.ended'];
  await line.until(
    () => line.eventsSince(first.index, primary).find(({ name }) => states.includes(name)),
    'the state of the leg after conversation.transfer.failed',
    () => 'none',
  );
};

/** What is done on the telephone itself is told as if the desk had asked for it. */
const onThePhone = async (stage: Stage): Promise<void> => {
  const { line, world } = stage;
  const { desk, primary } = await stage.onCall();
  const { id } = desk.agent;
  const told = {
    hold: 'conversation.held',
    retrieve: 'conversation.talking',
    mute: 'conversation.mute',
    unmute: 'conversation.talking',
  };
  for (const [action, name] of Object.entries(told)) {
    const from = line.mark;
    await world.phone(id, action);
    await line.event(name, primary, from);
  }
};

const consultOnThePhone = async (stage: Stage): Promise<void> => {
  const { line, world } = stage;
  stage.needs('consult-supported');
  const {
    out: { desk, primary, interaction },
  } = await stage.talking();
  const { number } = await stage.third();
  const from = line.mark;
  await world.phone(desk.agent.id, 'consult', { destination: number });
  await line.event('conversation.held', primary, from);
  const { body } = await line.event('interaction.consult', interaction, from);
  const consult = await desk.join(interaction, textOf(body['nativeid']));
  const state = await desk.stateOf(consult);
  insist(state === 'DIALING' || state === 'TALKING', 'the second leg DIALING', state);
};

/** Consults and transfers: D.7, D.8, D.10, D.12, D.13. */
export const consultChecks = checksOf('consult')(
  [
    'D.7',
    'bridge D.7, TEL-R02, T-18',
    'consult: nativeid in the answer, the first leg held, the second started, talking, partyadded; a second consult is FAILURE',
    consulted,
  ],
  ['D.7-release', 'bridge D.7, CNV-R02', 'the second leg is released, and the first stays', released],
  ['D.7-early', 'bridge D.7, CNV-R02', 'the second leg is released while it rings', releasedEarly],
  [
    'D.7-caller',
    'bridge D.7',
    'the caller hangs up during a consult: the second leg and the interaction go on',
    callerLeaves,
  ],
  [
    'T-20',
    'bridge TEL-R05, D.12, T-20',
    'alternate holds the leg that talked last and takes the other one back',
    alternates,
  ],
  ['D.10', 'bridge D.10, TEL-R03', 'consulttransfer ends both legs and joins the other two', transfers],
  [
    'D.13',
    'bridge D.13, CNV-R08',
    'a blind transfer ends the leg, and the third party has the call',
    blindTransfer,
  ],
  [
    'D.13-fails',
    'bridge F-06, CNV-E12',
    'a blind transfer to nobody is refused, or told as failed with the state after it',
    transferFails,
  ],
  [
    'D.5-phone',
    'bridge D.5, CNV-E05 to E07',
    'hold, retrieve, mute and unmute on the telephone itself are told',
    onThePhone,
  ],
  [
    'D.8',
    'bridge D.8, TEL-E01',
    'a consult on the telephone itself: held, then interaction.consult with the native id of the leg',
    consultOnThePhone,
  ],
);
