import { type CapabilityKey } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { insist } from '../../check/mismatch.ts';
import { objectOf } from '../../wire/frame.ts';
import { nativeIn } from '../desk/desk.ts';
import { type Stage } from '../desk/stage.ts';
import { NotRun } from '../desk/not-run.ts';
import { checksOf } from './check.ts';
import { insistNamed, insistNoAct, insistRefused } from './expect.ts';

/** Ten tones last longer than this on any telephone, and less than this passes on any network. */
const TEN_TONES_MS = 250;

const held = async (stage: Stage): Promise<void> => {
  const { desk, primary } = await stage.onCall();
  const from = stage.line.mark;
  await desk.must('conversation.request.hold', primary);
  await stage.line.event('conversation.held', primary, from);
  await insistNoAct(desk, 'conversation.request.hold', primary);
  const then = stage.line.mark;
  await desk.must('conversation.request.retrieve', primary);
  await stage.line.event('conversation.talking', primary, then);
  await insistNoAct(desk, 'conversation.request.retrieve', primary);
};

const muted = async (stage: Stage): Promise<void> => {
  const { desk, primary } = await stage.onCall();
  const key = 'mute-supported';
  if (!stage.can(key)) return insistRefused(desk, key, 'conversation.request.mute', primary);
  const from = stage.line.mark;
  await desk.must('conversation.request.mute', primary);
  await stage.line.event('conversation.mute', primary, from);
  await insistNoAct(desk, 'conversation.request.mute', primary);
  const then = stage.line.mark;
  await desk.must('conversation.request.unmute', primary);
  await stage.line.event('conversation.talking', primary, then);
  await insistNoAct(desk, 'conversation.request.unmute', primary);
};

const tones = async (stage: Stage): Promise<void> => {
  const { desk, primary } = await stage.onCall();
  const key = 'dtmf-supported';
  if (!stage.can(key))
    return insistRefused(desk, key, 'conversation.request.senddtmf', primary, { digits: '1' });
  const from = performance.now();
  await desk.must('conversation.request.senddtmf', primary, { digits: '01234567*#' });
  const tookMs = performance.now() - from;
  insist(
    tookMs >= TEN_TONES_MS,
    `the answer once ten tones are out, ${TEN_TONES_MS} ms at least`,
    `${Math.round(tookMs)} ms`,
  );
};

const letters = async (stage: Stage): Promise<void> => {
  stage.needs('dtmf-supported');
  const { desk, primary } = await stage.onCall();
  for (const digits of ['12A', 'x', '1 2', ''])
    await desk.refused('conversation.request.senddtmf', primary, { digits });
};

const unknown = async (stage: Stage): Promise<void> => {
  const { desk, interaction, primary } = await stage.onCall();
  const tried = [
    ['interaction.request.levitate', interaction],
    ['conversation.request.levitate', primary],
  ] as const;
  for (const [name, target] of tried) insistNamed(await desk.refused(name, target), name);
};

/** What happens to a leg that is registered and not read: it is told behind the reading, or stands in it. */
const heldBack = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const { caller, called, from } = await stage.dialled();
  const offered = await line.event('channel.interaction', caller.phone, from);
  const interaction = await caller.enter(nativeIn(offered.body, 'nativeid', 'channel.interaction'));
  const reading = await caller.must('interaction.query.init', interaction);
  const { primary } = objectOf(reading['conversations']);
  const leg = await caller.register(interaction, nativeIn(objectOf(primary), 'id', 'conversations.primary'));
  const incoming = await called.offered(from);
  const then = line.mark;
  await called.must('interaction.request.accept', incoming.interaction);
  await line.event('conversation.talking', incoming.primary, then);
  await line.nothing('event of a leg before its reading', then, ({ target }) => target === leg);
  const read = line.mark;
  const { 'conversation-state': state } = await caller.must('conversation.query.init', leg);
  if (state !== 'TALKING') await line.event('conversation.talking', leg, read);
};

type Place = 'channel' | 'interaction' | 'primary';

/** What a switch may be unable to do, and the request that would ask for it. */
const ABILITIES: readonly (readonly [CapabilityKey, string, Place, JsonObject?])[] = [
  ['consult-supported', 'interaction.request.consult', 'interaction', { destination: '100' }],
  ['consult-supported', 'interaction.request.alternate', 'interaction'],
  ['consult-supported', 'interaction.request.consulttransfer', 'interaction'],
  ['consult-supported', 'interaction.request.consultconference', 'interaction'],
  ['blind-transfer-supported', 'conversation.request.transfer', 'primary', { destination: '100' }],
  ['blind-conference-supported', 'conversation.request.conference', 'primary', { destination: '100' }],
  ['mute-supported', 'conversation.request.mute', 'primary'],
  ['mute-supported', 'conversation.request.unmute', 'primary'],
  ['dtmf-supported', 'conversation.request.senddtmf', 'primary', { digits: '1' }],
  ['remove-party-supported', 'conversation.request.removeparty', 'primary', { number: '100' }],
  [
    'interaction-data-supported',
    'interaction.request.setinteractiondata',
    'interaction',
    { key: 'a', value: 'b' },
  ],
  ['channel-activation-supported', 'channel.request.deactivate', 'channel'],
];

const unable = async (stage: Stage): Promise<void> => {
  const absent = ABILITIES.filter(([key]) => !stage.can(key));
  if (absent.length === 0) throw new NotRun('the adapter says that it can do everything');
  const { desk, interaction, primary } = await stage.onCall();
  const places = { channel: desk.phone, interaction, primary };
  for (const [key, name, at, body] of absent) await insistRefused(desk, key, name, places[at], body);
};

/** What an agent does to a call (bridge B.7). */
export const legChecks = checksOf('basic')(
  [
    'T-08',
    'bridge A7-1, T-08',
    'what happens to a leg before it is read is told behind the answer to its init query, or stands in it',
    heldBack,
  ],
  [
    'T-15-hold',
    'bridge CNV-R04, CNV-R05, T-15',
    'hold and retrieve: SUCCESS, then the event; when it is so already SUCCESS and nothing else',
    held,
  ],
  [
    'T-15-mute',
    'bridge CNV-R06, CNV-R07, T-15',
    'mute and unmute: SUCCESS, then the event; when it is so already SUCCESS and nothing else',
    muted,
  ],
  ['T-16', 'bridge CNV-R10, T-16', 'senddtmf is answered only when the tones are out', tones],
  ['T-16-letters', 'bridge CNV-R10, T-16', 'senddtmf refuses all but 0-9 * #', letters],
  ['B.1.1-false', 'bridge B.1.1', 'what the adapter says that it cannot do is FAILURE', unable],
  [
    'A8-4-call',
    'bridge A8-4',
    'a request to a call that nobody knows is FAILURE, and its name is in the words',
    unknown,
  ],
);
