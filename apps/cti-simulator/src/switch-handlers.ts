import {
  type AdapterHandlers,
  type Answer,
  type ChannelReading,
  type ConversationReading,
  type InteractionReading,
} from '@cordboard/adapter-sdk';
import { type Clock, err, ok, type Result } from '@cordboard/kernel';
import { type Agent, agentOf, type Leg, legOf, openLeg, passwordFits } from '@cordboard/switch-sim';
import { conversationOf, TEAM } from './native-ids.ts';
import { type SwitchDriver, type SwitchOperation } from './switch-driver.ts';

/** What the simulated switch can do today (bridge B.1.1). */
const capabilities = {
  'channel-groups-supported': true,
  'standalone-channels-supported': false,
  'chat-supported': false,
  'email-supported': false,
  'callback-supported': false,
  'consult-supported': false,
  'blind-transfer-supported': false,
  'blind-conference-supported': false,
  'mute-supported': true,
  'dtmf-supported': true,
  'remove-party-supported': false,
  'interaction-data-supported': false,
  'channel-activation-supported': true,
  'logout-reason-required': false,
};

const TONE_MS = 100;

type LegKind = Extract<SwitchOperation, { readonly leg: string }>['kind'];

const phoneOf = (agent: Agent): ChannelReading => {
  const leg = openLeg(agent);
  const resting = agent.reasonCode === 'acw' ? 'after_call_work' : 'not_ready';
  return {
    state: agent.active ? 'ACTIVE' : 'INACTIVE',
    agent: {
      status: agent.ready ? 'ready' : resting,
      reasonCode: agent.reasonCode || undefined,
      reasonName: agent.reasonName || undefined,
    },
    interactions: leg === undefined ? [] : [leg.id],
  };
};

const interactionOf = ({ id, interaction, data }: Leg): InteractionReading => {
  const over = interaction === 'ENDED' || interaction === 'COMPLETED';
  return { state: interaction, data, conversations: over ? {} : { primary: conversationOf(id) } };
};

const conversationReading = ({ media, party }: Leg): ConversationReading => ({
  state: media,
  parties: [party],
});

const gone = (): Result<never, string> => err('the switch no longer has this call');

const readHandlers = (driver: SwitchDriver) => {
  const agentAt = (id: string): Agent | undefined => agentOf(driver.state, id);
  const legAt = (agent: string, leg: string): Leg | undefined => legOf(driver.state, agent, leg);
  return {
    capabilities: () => capabilities,
    validateAgent: ({ id, password }) =>
      passwordFits(driver.state, id, password) ? ok(undefined) : err('agent id or password is wrong'),
    agentInfo: ({ id }) => {
      const agent = agentAt(id);
      return agent === undefined ? err('unknown agent') : ok({ id, name: agent.name, extension: id });
    },
    readSession: () => ok({ groups: [TEAM] }),
    readGroup: ({ agent }) => ok({ channels: [{ endPoint: agent, type: 'TELEPHONY' }] }),
    readChannel: ({ agent, channel }) => {
      const found = channel === agent ? agentAt(agent) : undefined;
      return found === undefined ? err('unknown channel') : ok(phoneOf(found));
    },
    readInteraction: ({ agent, interaction }) => {
      const leg = legAt(agent, interaction);
      return leg === undefined ? gone() : ok(interactionOf(leg));
    },
    readConversation: ({ agent, interaction, conversation }) => {
      const leg = conversation === conversationOf(interaction) ? legAt(agent, interaction) : undefined;
      return leg === undefined ? gone() : ok(conversationReading(leg));
    },
  } satisfies Partial<AdapterHandlers>;
};

/** The bridge's questions and requests, carried out by the simulated switch. */
export const createSwitchHandlers = (driver: SwitchDriver, clock: Clock): AdapterHandlers => {
  const carryOut = (operation: SwitchOperation): Result<void, string> => {
    const decided = driver.apply(operation);
    return decided.ok ? ok(undefined) : err(decided.error.message);
  };
  const onLeg =
    (kind: Exclude<LegKind, 'send-tones'>) =>
    ({ agent, interaction }: { readonly agent: string; readonly interaction: string }): Answer =>
      carryOut({ kind, agent, leg: interaction });
  const toned = (digits: string): Promise<Result<void, string>> =>
    new Promise((resolve) => void clock.after(digits.length * TONE_MS, () => resolve(ok(undefined))));

  return {
    ...readHandlers(driver),
    createSession: ({ id, extension }) => {
      const loggedIn = carryOut({ kind: 'log-in', agent: id, extension });
      return loggedIn.ok ? ok({ nativeId: id }) : loggedIn;
    },
    logOut: ({ agent }) => carryOut({ kind: 'log-out', agent }),
    activate: ({ agent }) => carryOut({ kind: 'activate', agent }),
    deactivate: ({ agent }) => carryOut({ kind: 'deactivate', agent }),
    ready: ({ agent }) => carryOut({ kind: 'ready', agent }),
    notReady: ({ agent }, { code, name }) =>
      carryOut({ kind: 'not-ready', agent, reasonCode: code, reasonName: name }),
    dial: ({ agent }, destination) => carryOut({ kind: 'dial', agent, destination }),
    accept: onLeg('accept'),
    reject: onLeg('reject'),
    complete: onLeg('complete'),
    release: onLeg('release'),
    hold: onLeg('hold'),
    retrieve: onLeg('retrieve'),
    mute: onLeg('mute'),
    unmute: onLeg('unmute'),
    sendTones: ({ agent, interaction }, digits) => {
      const sent = carryOut({ kind: 'send-tones', agent, leg: interaction, digits });
      return sent.ok ? toned(digits) : sent;
    },
  };
};
