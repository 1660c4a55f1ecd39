import { randomUUID } from 'node:crypto';
import { insist, Mismatch } from '../../check/mismatch.ts';
import { brief } from '../../wire/frame.ts';
import { type Work } from '../desk/desk.ts';
import { newSessionId } from '../desk/session-id.ts';
import { type Stage } from '../desk/stage.ts';
import { NotRun } from '../desk/not-run.ts';
import { checksOf } from './check.ts';

/** A session read anew lists the call that was there, with its legs as they were. */
const comesBack = async ({ desk, nativeId }: Work, primary: string, consult: string): Promise<Work> => {
  const works = await desk.open(desk.media, true);
  const found = works.find((work) => work.nativeId === nativeId);
  if (found === undefined)
    throw new Mismatch(
      `the interaction ${nativeId} in the reading of its channel`,
      brief(works.map((work) => work.nativeId)),
    );
  insist(found.reading['interaction-state'] === 'STARTED', 'interaction-state STARTED', found.reading);
  const stateOf = (leg: string): unknown =>
    desk.line.objects.known.get(leg)?.reading['conversation-state'] ?? '';
  const legs = [stateOf(found.primary), stateOf(found.consult)].join(',');
  insist(legs === `${primary},${consult}`, `the legs ${primary},${consult}`, legs);
  return found;
};

const passMismatch = (error: unknown): void => {
  if (!(error instanceof Mismatch)) throw error;
};

/** States of both legs; one is held and one talks. */
const legsOf = async ({ desk, primary, consult }: Work): Promise<string> => {
  const states = [await desk.stateOf(primary), await desk.stateOf(consult)].join();
  insist(['HELD,TALKING', 'TALKING,HELD'].includes(states), 'one leg HELD and the other TALKING', states);
  return states;
};

const ALTERNATE_MS = 1_000;

/** The leg that talks is held, the other one talks. */
const alternate = async (found: Work, active: string, other: string): Promise<void> => {
  const { desk, interaction } = found;
  const { line } = desk;
  const from = line.mark;
  await desk.must('interaction.request.alternate', interaction);
  const names = (leg: string): readonly string[] => line.eventsSince(from, leg).map(({ name }) => name);
  const isSwapped = (): true | undefined =>
    names(active).includes('conversation.held') && names(other).includes('conversation.talking')
      ? true
      : undefined;
  await line.until(
    isSwapped,
    'conversation.held of the leg that talked and conversation.talking of the other',
    () => brief({ talked: names(active), other: names(other) }),
    ALTERNATE_MS,
  );
  await line.settled();
  await legsOf(found);
};

const again = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const { out, in: incoming } = await stage.consulting();
  const found = await comesBack(out, 'HELD', 'TALKING');
  insist((await incoming.desk.stateOf(incoming.primary)) === 'TALKING', 'the other end TALKING', '');
  await line.settled();
  // Whoever has forgotten which leg talked last takes the primary for it, and so changes nothing at first.
  await alternate(found, found.consult, found.primary).catch(passMismatch);
  const [active, other] =
    (await legsOf(found)) === 'TALKING,HELD'
      ? [found.primary, found.consult]
      : [found.consult, found.primary];
  await alternate(found, active, other);
};

const plainAgain = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const out = await stage.onCall();
  const found = await comesBack(out, 'TALKING', '');
  await line.settled();
  const from = line.mark;
  await found.desk.must('conversation.request.hold', found.primary);
  await line.event('conversation.held', found.primary, from);
};

const newConnection = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const { again: reconnect } = line.carrier;
  if (reconnect === undefined) throw new NotRun('over TCP only');
  const { out, in: incoming } = await stage.talking();
  // An adapter may wait for 1, 2, 4 s before it comes again.
  await reconnect(line.options.timeoutMs + 10_000);
  const from = line.mark;
  await line.must('cti.request.status', line.control);
  await line.event('cti.status', line.control, from, ({ status }) => status === 'STARTED');
  await line.must('cti.query.capabilities', line.control);
  await comesBack(out, 'TALKING', '');
  await comesBack(incoming, 'TALKING', '');
};

const loggedOutElsewhere = async (stage: Stage): Promise<void> => {
  const { line, world } = stage;
  const desk = await stage.active();
  const from = line.mark;
  await world.phone(desk.agent.id, 'log-out');
  await line.event('session.ended', desk.session, from);
  await desk.must('session.request.dispose', desk.session);
  await line.settled();
  desk.forget();
};

const repeated = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  stage.needsNats();
  const [caller, called] = [await stage.active(0), await stage.active(1)];
  await line.settled();
  const from = line.mark;
  const requestId = randomUUID();
  const dial = ['channel.request.dial', caller.phone, { destination: called.agent.extension }] as const;
  await caller.must(...dial, { requestId });
  await caller.offered(from);
  await called.offered(from);
  const then = line.mark;
  await caller.must(...dial, { requestId });
  const probed = await caller.ask(...dial, { requestId, probe: true });
  insist(probed.said.answer === 'final', 'header answer: final', probed.said.answer);
  await line.nothing('second call', then, ({ name }) => name === 'channel.interaction');
};

const neverSeen = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  stage.needsNats();
  const desk = await stage.active();
  const from = line.mark;
  const answer = await desk.ask('channel.request.ready', desk.phone, {}, { probe: true });
  insist(answer.said.answer === 'never-seen', 'header answer: never-seen', answer.said.answer);
  await line.nothing('event of a probe', from, ({ name }) => name === 'channel.ready');
};

const stale = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  stage.needsNats();
  const desk = await stage.active();
  desk.epoch = 5;
  await desk.must('channel.query.init', desk.phone);
  const from = line.mark;
  const answer = await desk.ask('channel.request.ready', desk.phone, {}, { epoch: 4 });
  insist(answer.said.answer === 'stale', 'header answer: stale', answer.said.answer);
  await line.nothing('event of a stale request', from, ({ name }) => name === 'channel.ready');
  await desk.refused('channel.request.ready', desk.phone, {}, { epoch: null });
};

const unknownSession = async (stage: Stage): Promise<void> => {
  stage.needsNats();
  const desk = await stage.desk();
  const answer = await desk.ask('session.query.init', newSessionId(), desk.wishes);
  insist(answer.said.answer === 'unknown-session', 'header answer: unknown-session', answer.said.answer);
};

/** An event that nobody has taken is said again under its number, and the next one waits. */
const insists = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  stage.needsNats();
  const { desk, primary } = await stage.onCall();
  const from = line.mark;
  const hear = line.carrier.deaf?.(desk.session) ?? ((): void => undefined);
  try {
    await desk.must('conversation.request.hold', primary);
    const held = await line.event('conversation.held', primary, from);
    await desk.must('conversation.request.retrieve', primary);
    const isRepeat = ({ said }: { readonly said: typeof held.said }): boolean =>
      said.ctiSeq === held.said.ctiSeq && said.repeated === true;
    await line.until(
      () => line.heard.slice(held.index).find(isRepeat),
      'the same event again, as nobody answered',
      () => 'nothing',
    );
    const early = line.eventsSince(held.index + 1, primary);
    insist(
      early.length === 0,
      'no later event before the first is answered',
      brief(early.map(({ name }) => name)),
    );
  } finally {
    hear();
  }
  await line.event('conversation.talking', primary, from);
};

/** Reconnect (bridge D.15, A.9), and what NATS adds (contracts, switch request and switch event). */
export const recoveryChecks = checksOf('recovery')(
  [
    'D.15',
    'bridge D.15, TEL-R05, T-20',
    'createsession again during a consult: the same objects come back, HELD and TALKING; alternate leaves one leg held and one talking, and swaps them at the second time at least',
    again,
  ],
  ['D.15-call', 'bridge D.15', 'createsession again during a call: it comes back, and obeys', plainAgain],
  [
    'D.15-tcp',
    'bridge D.15, A.9',
    'after the connection was lost the adapter comes again, and the calls are still there',
    newConnection,
  ],
  [
    'SES-E01',
    'bridge SES-E01',
    'a log-out on the telephone itself is told by session.ended',
    loggedOutElsewhere,
  ],
  [
    'K11-repeat',
    'contracts, switch request',
    'a request sent twice under one id is done once and answered twice',
    repeated,
  ],
  [
    'K11-probe',
    'contracts, switch request',
    'a probe of a request that was never seen says so and does nothing',
    neverSeen,
  ],
  [
    'K11-stale',
    'contracts, switch request',
    'a request of a lower epoch is stale and does nothing; one without an epoch is FAILURE',
    stale,
  ],
  [
    'K11-unknown',
    'contracts, switch request',
    'a session that was never created is unknown-session',
    unknownSession,
  ],
  [
    'K9-repeat',
    'contracts, switch event',
    'an event that nobody has taken is said again under its number, and the next one waits',
    insists,
  ],
);
