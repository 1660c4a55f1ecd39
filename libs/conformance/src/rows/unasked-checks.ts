import { insistMatched, insistNothingElse, match, type Expected, type Places } from '../check/event-list.ts';
import { insist } from '../check/mismatch.ts';
import { bind, openSocket, prepare, start, startedDesk } from '../desk/sign-in.ts';
import { NUMBERS, type Stage } from '../desk/stage.ts';
import { legConnected } from './agent-leg.ts';
import { announcedAs, ANSWERED, COMPLETED, CONSULTED, ENDED, OVER } from './calls.ts';
import { type Check, type CheckGroup, type Given } from './row.ts';

/** Something that nobody asked for at the desk, and the events that tell of it. */
interface Happening {
  /** The event that it is about. */
  readonly row: string;
  readonly check: string;
  readonly given: Given;
  readonly happens: (stage: Stage, places: Places) => Promise<void>;
  readonly list: readonly Expected[];
  readonly also?: readonly Expected[];
}

const started =
  (given: (stage: Stage) => Promise<Places>): Given =>
  async (stage) => {
    await stage.started();
    return given(stage);
  };

const OFFERED = announcedAs('ALERTING', 'RINGING');
const DIALLED = announcedAs('DIALING', 'DIALING');
const WITHOUT_CALL = OFFERED.filter((one) => !one.includes('conversation'));

const phone =
  (action: string, more: Record<string, string> = {}) =>
  ({ world, agent }: Stage): Promise<void> =>
    world.phone(agent, action, more);

const onTelephone = (
  check: string,
  given: Given,
  action: string,
  list: readonly Expected[],
  more: Record<string, string> = {},
): Happening => ({ row: 'state.updated', check, given, happens: phone(action, more), list });

const ready = started((stage) => stage.ready());
const active = started((stage) => stage.active());
const ringing = started((stage) => stage.ringing());
const talking = started((stage) => stage.talking());

const mediaChannel = (type: string): Given =>
  started(async (stage) => {
    const group = await stage.mediaGroup();
    const channel = stage.desk.under(group).find(({ about }) => about['type'] === type)?.path ?? '';
    return stage.active(channel);
  });

const offer = (type: string): Happening => ({
  row: 'interaction.created',
  check: `a ${type.toLowerCase()} is offered`,
  given: mediaChannel(type),
  happens: async ({ world, agent }) => void (await world.contact(type, agent, { account: 'AC-1' })),
  list: WITHOUT_CALL,
});

const dialling = (row: string, check: string, destination: string, list: readonly Expected[]): Happening => ({
  row,
  check,
  given: active,
  happens: async ({ desk }, { channel = '' }) =>
    void (await desk.must('channel.request.dial', channel, { destination })),
  list: [...DIALLED, ...list],
});

const INFO = 'channel.infochanged channel';

const HAPPENINGS: readonly Happening[] = [
  {
    row: 'interaction.created',
    check: 'a call is offered',
    given: ready,
    happens: async ({ world, agent }) => void (await world.call(agent, { account: 'AC-1' })),
    list: OFFERED,
  },
  offer('CHAT'),
  offer('EMAIL'),
  offer('CALLBACK'),
  dialling('conversation.initialized', 'the far end answers', NUMBERS.answers, ANSWERED),
  dialling('interaction.ended', 'the far end hangs up', NUMBERS.hangsUp, [...ANSWERED, ...OVER]),
  dialling('conversation.busy', 'the far end is busy', NUMBERS.busy, [
    'conversation.busy conversation',
    ...OVER,
  ]),
  dialling('conversation.failed', 'an invalid number', NUMBERS.fails, [
    'conversation.failed conversation',
    ...OVER,
  ]),
  {
    row: 'conversation.transfer.failed',
    check: 'a blind transfer that does not arrive',
    given: talking,
    happens: async ({ desk }, { conversation = '' }) =>
      void (await desk.must('conversation.request.blindtransfer', conversation, {
        destination: NUMBERS.fails,
      })),
    list: ['conversation.transfer.failed conversation'],
    also: ['state.updated conversation', 'state.updated interaction', 'interaction.focuschanged interaction'],
  },
  {
    row: 'conversation.conference.failed',
    check: 'a blind conference that does not come about',
    given: talking,
    happens: async ({ desk }, { conversation = '' }) =>
      void (await desk.must('conversation.request.blindconference', conversation, {
        destination: NUMBERS.fails,
      })),
    list: ['conversation.conference.failed conversation'],
    also: ['state.updated conversation', 'state.updated interaction'],
  },
  {
    row: 'interaction.complete',
    check: 'a caller who gives up is completed at once',
    given: ringing,
    happens: async ({ world, agent }) => world.hangUpAll(agent),
    list: [...OVER, ...COMPLETED],
  },
  {
    row: 'interaction.disposed',
    check: 'a chat that is taken back is completed at once',
    given: started((stage) => stage.offered('CHAT')),
    happens: async ({ world, agent }) => world.leaveAll(agent),
    list: [...ENDED, ...COMPLETED],
  },
  {
    row: 'interaction.ended',
    check: 'a customer who leaves the chat',
    given: started((stage) => stage.accepted('CHAT')),
    happens: async ({ world, agent }) => world.leaveAll(agent),
    list: ENDED,
  },
  onTelephone('answered on the telephone', ringing, 'answer', ANSWERED),
  onTelephone('rejected on the telephone', ringing, 'reject', [...OVER, ...COMPLETED]),
  onTelephone('released on the telephone', talking, 'release', OVER),
  onTelephone('held on the telephone', talking, 'hold', ['state.updated conversation HELD']),
  onTelephone('muted on the telephone', talking, 'mute', ['state.updated conversation MUTE']),
  onTelephone('dialled on the telephone', active, 'dial', DIALLED, { destination: NUMBERS.ringsOn }),
  {
    row: 'conversation.created',
    check: 'consulted on the telephone',
    given: talking,
    happens: phone('consult', { destination: NUMBERS.ringsOn }),
    // The hold is told as it comes: nothing shows yet that it belongs to a consult.
    list: ['state.updated conversation HELD', ...CONSULTED.slice(2)],
    also: ['state.updated interaction STARTED'],
  },
  {
    row: 'channel.infochanged',
    check: 'ready on the telephone',
    given: started((stage) => stage.notReady()),
    happens: phone('ready'),
    list: [INFO, 'state.updated channel ACTIVE'],
  },
  {
    row: 'channel.infochanged',
    check: 'not ready on the telephone',
    given: ready,
    happens: phone('not-ready', { reason: 'break' }),
    list: [INFO, 'state.updated channel ACTIVE'],
  },
  {
    row: 'channel.infochanged',
    check: 'logged off the telephone',
    given: active,
    happens: phone('deactivate'),
    list: [INFO, 'state.updated channel INACTIVE'],
  },
  {
    row: 'channel.infochanged',
    check: 'another agent takes the telephone, and leaves it',
    given: started((stage) => stage.inactive()),
    happens: async (stage, { channel = '' }) => {
      await stage.world.phone(stage.agent, 'take-over');
      await stage.desk.reaches(channel, 'UNAVAILABLE');
      await stage.world.phone(stage.agent, 'free');
    },
    list: [INFO, 'state.updated channel UNAVAILABLE', INFO, 'state.updated channel INACTIVE'],
  },
  {
    row: 'session.incontact.agentleg.disconnected',
    check: 'the leg drops by itself',
    given: legConnected,
    happens: phone('drop-leg'),
    list: ['session.incontact.agentleg.disconnected session'],
  },
];

const checkOf = ({ row, check, given, happens, list, also = [] }: Happening): Check => ({
  row,
  check,
  needsCaller: true,
  run: async (stage) => {
    const places = await given(stage);
    const { desk } = stage;
    const from = desk.mark;
    await happens(stage, places);
    const found = () => match(list, desk.events(from), places);
    await desk.until(() => found().frames.length === list.length, 'the events').catch(() => undefined);
    await desk.quiet();
    insistMatched(list, found(), desk.events(from));
    insistNothingElse(desk.events(from), [found()], also, places);
  },
});

/** The simulated switch has an agent who never picks the leg up. */
const DEAF_AGENT = '1010';

const legFails: Check = {
  row: 'session.incontact.agentleg.failed',
  check: 'an agent who does not pick up',
  needsCaller: true,
  run: async ({ access }) => {
    const desk = await startedDesk(access, DEAF_AGENT);
    const from = desk.mark;
    await desk.must('session.request.incontact.agentleg.connect', desk.session);
    await desk.event('session.incontact.agentleg.failed', from, { target: desk.session });
    await desk.socket.close();
  },
};

/** A session that begins in the middle of a call finds it, and tells nothing twice. */
const recovery: Check = {
  row: 'session.initialized',
  check: 'a call that is up is announced before it, without a preview',
  needsCaller: true,
  run: async (stage) => {
    await stage.started();
    await stage.talking();
    await stage.leave();
    const socket = await openSocket(stage.access, stage.agent);
    const desk = await start(
      await bind(socket, stage.agent, await prepare(stage.access, socket, stage.agent)),
    );
    await stage.moveTo(desk);
    const names = desk.events().map(({ name }) => name);
    insist(names.at(-1) === 'session.initialized', 'session.initialized last', names);
    insist(names.includes('interaction.initialized'), 'the interaction', names);
    insist(names.includes('conversation.initialized'), 'its conversation', names);
    const shown = names.find((name) => name === 'interaction.preview' || name === 'interaction.screenpop');
    insist(shown === undefined, 'no preview and no screen pop', names);
  },
};

/** What the world does by itself (agent protocol B7). */
export const unaskedChecks = (): readonly CheckGroup[] => [
  ...HAPPENINGS.map((one) => ({ name: one.check, checks: [checkOf(one)] })),
  { name: recovery.check, checks: [recovery] },
  { name: legFails.check, checks: [legFails] },
];
