import { formatTarget, parentTarget, type Target } from '@cordboard/kernel';
import {
  ADAPTER,
  beginWalk,
  type Draw,
  FULL_ADAPTER,
  INBOUND_CALL,
  inWords,
  plausible,
  sessionScenario,
  walkStep,
  walkRuns,
} from '@cordboard/testing/scenario';
import fc from 'fast-check';
import { type CommandType } from '../command.ts';
import { COMMAND_TYPES } from '../command-kinds.ts';
import { FOLLOW_MS, HOLD_BACK_MS } from '../limits.ts';
import { allObjects } from '../objects.ts';
import { isOnItsWayIn } from '../placed.ts';
import { isHeld } from '../reconcile/link-state.ts';
import { type RejectionCode } from '../rejection.ts';
import { type SwitchRequestType } from '../switch-request.ts';
import { sessionDecider } from './decide.ts';
import { isConfigured } from './lists.ts';
import { allowedCommands } from './refusal.ts';
import { type SessionState } from './session-state.ts';

const AT = 2_000_000;
const SEED = '019a0000-0000-7000-8000-000000000000';
const CHOICES = ['AcceptInteraction', 'RejectInteraction'] as const;

/** The state with somebody bound; `allowedCommands` answers whoever is bound. */
const bound = (state: SessionState): SessionState => {
  if (state.client !== null || state.phase === 'CLOSED') return state;
  const input = {
    kind: 'bind',
    client: 'tab-9',
    binding: 'b-9',
    takeover: true,
    at: AT,
    seed: SEED,
  } as const;
  const taken = sessionDecider.decide(state, input);
  return taken.ok ? taken.value.reduce(sessionDecider.evolve, state) : state;
};

const asked = (state: SessionState, target: Target, ...types: readonly SwitchRequestType[]): boolean =>
  state.requests.some(
    ({ request }) => types.includes(request.type) && formatTarget(request.target) === formatTarget(target),
  );

/** A call on the channel that is neither over nor given up before anybody heard of it. */
const busyWithCall = ({ interactions }: SessionState, channel: Target): boolean =>
  interactions.some(
    (one) =>
      one.parent === formatTarget(channel) &&
      one.stage !== 'DROPPING' &&
      !('state' in one && (one.state === 'ENDED' || one.state === 'COMPLETED')),
  );

const deactivating = ({ commands }: SessionState, channel: Target): boolean =>
  commands.some(
    ({ command: { type, target } }) =>
      type === 'DeactivateChannel' && formatTarget(target) === formatTarget(channel),
  );

const releasing = (state: SessionState, target: Target): boolean => {
  const parent = parentTarget(target);
  const interaction = state.interactions.find(({ path }) => path === formatTarget(parent));
  const leg = state.conversations.find(({ path }) => path === formatTarget(target));
  const present = interaction !== undefined && 'state' in interaction ? interaction.state : null;
  const rejects = leg?.role === 'primary' && (present === 'ALERTING' || present === 'DIALING');
  return rejects ? asked(state, parent, 'RejectInteraction') : asked(state, target, 'ReleaseConversation');
};

/** A number is on its way out, or a call goes on or has not been let go of. */
const workedOn = (state: SessionState, channel: Target): boolean =>
  asked(state, channel, 'Dial', 'ReadOutboundSkills') ||
  busyWithCall(state, channel) ||
  state.conversations.some(
    ({ path, stage }) => path.startsWith(`${formatTarget(channel)}.`) && stage !== 'DROPPING',
  );

const SWEEPS: readonly CommandType[] = [
  'ActivateAll',
  'DeactivateAll',
  'RemoveChannel',
  'RemoveChannelGroup',
];

/** Another command works through the channels of that group already, or on that stand-alone channel. */
const swept = ({ commands }: SessionState, id: string | undefined): boolean =>
  commands.some(
    ({ command }) =>
      SWEEPS.includes(command.type) && ('id' in command ? command.id : command.target.channelgroup) === id,
  );

/** A channel is activated or left by a command of its own. */
const changing = (state: SessionState, { target }: { readonly target: Target }): boolean =>
  asked(state, target, 'ActivateChannel', 'DeactivateChannel') || deactivating(state, target);

/** The channels of a group, or the stand-alone channel, at that path. */
const channelsAt = ({ channels }: SessionState, path: string): SessionState['channels'] =>
  channels.filter((channel) => channel.path === path || channel.parent === path);

/** Some channel there is on its way in. */
const growing = (state: SessionState, path: string): boolean =>
  channelsAt(state, path).some((channel) => isOnItsWayIn(channel));

const onGroup: Meanwhile = (state, target) =>
  when(
    swept(state, target.channelgroup) ||
      channelsAt(state, formatTarget(target)).some((channel) => changing(state, channel)),
  );

/** Its group, or the stand-alone channel itself, is worked through. */
const besideSweep = (state: SessionState, target: Target): RejectionCode | null =>
  when(swept(state, target.channelgroup ?? target.channel));

/** What `plausible` names to be removed. */
const removing =
  (type: 'RemoveChannel' | 'RemoveChannelGroup'): Meanwhile =>
  (state, target) => {
    const command = plausible(type, target, state);
    const id = 'id' in command ? command.id : '';
    const path = `${state.session}.${id}`;
    const channels = channelsAt(state, path);
    return (
      when(growing(state, path)) ??
      when(
        channels.some((channel) => workedOn(state, channel.target)),
        'ONGOING_INTERACTION',
      ) ??
      when(swept(state, id) || channels.some((channel) => changing(state, channel)))
    );
  };

type Meanwhile = (state: SessionState, target: Target) => RejectionCode | null;
const when = (applies: boolean, code: RejectionCode = 'INVALID_STATE'): RejectionCode | null =>
  applies ? code : null;

/** The legs are being changed: the switch has not answered, or its events are not all out. */
const moving: Meanwhile = (state, target) => {
  const call = state.interactions.find(({ path }) => path === formatTarget(target));
  const holdBack = call !== undefined && 'holdBack' in call ? call.holdBack : null;
  const changing = holdBack !== null && holdBack.until !== null && holdBack.by !== 'consult';
  return when(
    changing || asked(state, target, 'Consult', 'Alternate', 'ConsultTransfer', 'ConsultConference'),
  );
};

const NEVER: Meanwhile = () => null;

/**
 * What `allowedCommands` leaves out because it passes by itself and nothing would tell the agent when it is over
 * (its docstring): a request or command of that kind under way on the object, and for a channel its calls.
 */
const MEANWHILE: Readonly<Record<CommandType, Meanwhile>> = {
  StartSession: NEVER,
  LogOut: (state) =>
    when(
      state.requests.some(({ request }) => request.type === 'Dial' || request.type === 'ReadOutboundSkills'),
      'ONGOING_INTERACTION',
    ) ?? when(state.commands.some(({ command }) => SWEEPS.includes(command.type))),
  AddChannel: NEVER,
  RemoveChannel: removing('RemoveChannel'),
  AddChannelGroup: NEVER,
  RemoveChannelGroup: removing('RemoveChannelGroup'),
  GetDirectory: NEVER,
  GetNotReadyReasons: NEVER,
  GetLogoutReasons: NEVER,
  GetAddressBook: NEVER,
  StopAddressBook: NEVER,
  ConnectAgentLeg: NEVER,
  DisconnectAgentLeg: NEVER,
  ActivateAll: onGroup,
  DeactivateAll: onGroup,
  GetDispositions: NEVER,
  GetScripts: NEVER,
  ActivateChannel: (state, target) =>
    when(asked(state, target, 'ActivateChannel')) ?? besideSweep(state, target),
  DeactivateChannel: (state, target) =>
    when(workedOn(state, target), 'ONGOING_INTERACTION') ??
    when(deactivating(state, target)) ??
    besideSweep(state, target),
  MakeReady: NEVER,
  MakeNotReady: NEVER,
  Dial: (state, target) => when(asked(state, target, 'Dial', 'ReadOutboundSkills')),
  AcceptInteraction: (state, target) => when(asked(state, target, ...CHOICES)),
  RejectInteraction: (state, target) => when(asked(state, target, ...CHOICES)),
  CompleteInteraction: (state, target) => when(asked(state, target, 'CompleteInteraction')),
  AnswerConversation: (state, target) => when(asked(state, parentTarget(target), ...CHOICES)),
  ReleaseConversation: (state, target) => when(releasing(state, target)),
  HoldConversation: NEVER,
  RetrieveConversation: NEVER,
  MuteConversation: NEVER,
  UnmuteConversation: NEVER,
  SendDtmf: NEVER,
  BlindTransfer: (state, target) => when(asked(state, target, 'BlindTransfer')),
  BlindConference: (state, target) => when(asked(state, target, 'BlindConference')),
  RemoveParty: NEVER,
  SetInteractionData: NEVER,
  SetDisposition: NEVER,
  SendSignal: NEVER,
  Consult: moving,
  Alternate: moving,
  ConsultTransfer: moving,
  ConsultConference: moving,
};

/** Every object of the session and one of each kind that is not there. */
const targetsIn = (state: SessionState): readonly Target[] => {
  const session = { session: state.session };
  const ghost = { ...session, channelgroup: 'ghost', channel: 'ghost', interaction: 'ghost' };
  const objects = allObjects(state).map(({ target }) => target);
  const below = objects.map((target) => ({ ...target, conversation: 'ghost' }));
  return [
    session,
    ...objects,
    ...below.slice(-1),
    { ...session, channelgroup: 'ghost' },
    { ...session, channel: 'ghost' },
    ghost,
    { ...ghost, conversation: 'ghost' },
    { session: 'ghost' },
  ];
};

interface Tally {
  taken: number;
  refused: number;
  meanwhile: number;
}
type Count = Map<CommandType, Tally>;

const verdict = (state: SessionState, type: CommandType, target: Target): string => {
  const decided = sessionDecider.decide(state, {
    kind: 'command',
    commandId: 'never-given-before',
    digest: 'd',
    binding: state.client?.binding ?? 'nobody',
    command: plausible(type, target, state),
    adapter: ADAPTER,
    at: AT,
    seed: SEED,
  });
  if (!decided.ok) return decided.error.code;
  return decided.value[0]?.type === 'CommandAccepted' ? 'taken' : 'lost';
};

/** While the adapter is away what has to be asked for cannot be had. */
const away = (state: SessionState, type: CommandType): string | null =>
  isHeld(state) && !isConfigured(state, { type }) ? 'CTI_ERROR' : null;

/** What is decided about every command on every object, against what was promised; the breaches in words. */
const breaches = (reached: SessionState, counts: Count): readonly string[] => {
  const state = bound(reached);
  return targetsIn(state).flatMap((target) => {
    const allowed = new Set(allowedCommands(state, target));
    return COMMAND_TYPES.flatMap((type) => {
      const said = verdict(state, type, target);
      const meanwhile = allowed.has(type) ? (MEANWHILE[type](state, target) ?? away(state, type)) : null;
      const kept = allowed.has(type) ? said === (meanwhile ?? 'taken') : said !== 'taken' && said !== 'lost';
      const tally = counts.get(type) ?? { taken: 0, refused: 0, meanwhile: 0 };
      tally[meanwhile !== null ? 'meanwhile' : allowed.has(type) ? 'taken' : 'refused'] += 1;
      counts.set(type, tally);
      return kept ? [] : [`${type} on ${formatTarget(target)}: ${said}, ${meanwhile ?? 'allowed'}`];
    });
  });
};

const draws = fc.array(
  fc.record({ kind: fc.nat(99), what: fc.nat(999), where: fc.nat(999), how: fc.nat(999) }),
  { maxLength: 80, size: 'max' },
);

describe('a command is taken exactly when the state of its object admits it', () => {
  it('in every state of random lives, on every object, for every command', () => {
    const live = (some: readonly Draw[]): void => {
      const s = sessionScenario();
      const check = (): void => {
        const found = breaches(s.state(), new Map());
        if (found.length > 0) throw new Error([...found, ...s.history().map(inWords)].join('\n'));
      };
      check();
      beginWalk(s, some[0]?.how ?? 0);
      some.forEach((draw) => {
        walkStep(s, draw);
        check();
      });
    };
    fc.assert(fc.property(draws, live), walkRuns(40));
  });

  it('in every state of a call, which meets each case', () => {
    const s = sessionScenario(INBOUND_CALL);
    const counts: Count = new Map();
    const steps: readonly (() => unknown)[] = [
      () => s.prepare(),
      () => s.bind(),
      () => s.send(plausible('StartSession', s.target), FULL_ADAPTER),
      () => s.answerAll(),
      () => s.send(plausible('Dial', s.channel())),
      () => s.answerAll(),
      () => s.offer(),
      () => s.send(plausible('RejectInteraction', s.interaction())),
      () => s.refuse('RejectInteraction'),
      () => s.send(plausible('AnswerConversation', s.conversation())),
      () => s.answerAll(),
      () => s.fact({ type: 'ConversationTalking', target: s.conversation() }),
      () => s.send(plausible('HoldConversation', s.conversation())),
      () => s.answerAll(),
      () => s.fact({ type: 'ConversationHeld', target: s.conversation() }),
      () => s.send(plausible('BlindTransfer', s.conversation())),
      () => s.refuse('BlindTransfer'),
      () => s.send(plausible('BlindConference', s.conversation())),
      () => s.refuse('BlindConference'),
      () => s.send(plausible('Consult', s.interaction())),
      () => s.answerAll(),
      () => s.fact({ type: 'ConversationTalking', target: s.conversation(1) }),
      () => s.send(plausible('Alternate', s.interaction())),
      () => s.reply('Alternate'),
      () => s.after(HOLD_BACK_MS),
      () => s.fact({ type: 'ConversationEnded', target: s.conversation(1) }),
      () => s.answerAll(),
      () => s.send(plausible('ReleaseConversation', s.conversation())),
      () => s.answerAll(),
      () => s.fact({ type: 'ConversationEnded', target: s.conversation() }),
      () => s.answerAll(),
      () => s.send(plausible('AddChannel', s.target)),
      () => s.answerAll(),
      () => s.fact({ type: 'ChannelActivated', target: s.state().channels[1]?.target ?? s.target }),
      () => s.send(plausible('RemoveChannel', s.target, s.state())),
      () => s.answerAll(),
      () => s.send({ type: 'DeactivateAll', target: s.state().groups[0]?.target ?? s.target }),
      () => s.answerAll(),
      () => s.after(FOLLOW_MS),
      () => s.answerAll(),
      () => s.after(FOLLOW_MS),
      () => s.send(plausible('DeactivateChannel', s.channel())),
      () => s.reply('MakeNotReady'),
      () => s.answerAll(),
      () => s.fact({ type: 'ChannelDeactivated', target: s.channel() }),
      () => s.send(plausible('ActivateChannel', s.channel())),
      () => s.answerAll(),
      () => s.send(plausible('CompleteInteraction', s.interaction())),
      () => s.answerAll(),
      () => s.send(plausible('LogOut', s.target)),
      () => s.answerAll(),
    ];
    for (const step of steps) {
      step();
      expect(breaches(s.state(), counts)).toEqual([]);
    }
    expect(s.state().phase).toBe('CLOSED');
    const without = (what: keyof Tally) => COMMAND_TYPES.filter((type) => counts.get(type)?.[what] === 0);
    expect(without('taken')).toEqual([]);
    expect(without('refused')).toEqual([]);
    const never = COMMAND_TYPES.filter((type) => MEANWHILE[type] === NEVER);
    expect(without('meanwhile')).toEqual(never);
  });
});
