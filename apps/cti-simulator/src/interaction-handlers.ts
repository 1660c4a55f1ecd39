import {
  type AdapterHandlers,
  type Answer,
  type ConversationAddress,
  type InteractionAddress,
} from '@cordboard/adapter-sdk';
import { err, type JsonObject, ok, type Result } from '@cordboard/kernel';
import { type CarryOut } from './carry-out.ts';
import { type SwitchDriver } from './switch-driver.ts';

const TONE_MS = 100;

const skillOf = ({ skillId }: JsonObject): string | undefined =>
  typeof skillId === 'string' ? skillId : undefined;

/** Requests to a channel. */
export const channelHandlers = (carryOut: CarryOut) =>
  ({
    activate: ({ agent, channel }) => carryOut({ kind: 'activate', agent, channel }),
    deactivate: ({ agent, channel }) => carryOut({ kind: 'deactivate', agent, channel }),
    ready: ({ agent, channel }) => carryOut({ kind: 'ready', agent, channel }),
    notReady: ({ agent, channel }, { code, name }) =>
      carryOut({ kind: 'not-ready', agent, channel, reasonCode: code, reasonName: name }),
    dial: ({ agent, channel }, destination, extensions = {}) =>
      carryOut({ kind: 'dial', agent, channel, destination, skill: skillOf(extensions) }),
  }) satisfies Partial<AdapterHandlers>;

/** Requests to an interaction. */
export const interactionHandlers = (driver: SwitchDriver, carryOut: CarryOut) => {
  type Kind = 'accept' | 'reject' | 'complete' | 'alternate' | 'consult-transfer' | 'consult-conference';
  const plain =
    (kind: Kind) =>
    ({ agent, interaction }: InteractionAddress): Answer =>
      carryOut({ kind, agent, work: interaction });
  const consult = ({ agent, interaction }: InteractionAddress, destination: string) => {
    const decided = driver.apply({ kind: 'consult', agent, work: interaction, destination });
    if (!decided.ok) return err(decided.error.message);
    const offered = decided.value.find(({ type }) => type === 'ConsultOffered');
    return offered?.type === 'ConsultOffered'
      ? ok({ nativeId: offered.leg })
      : err('the switch made no consult call');
  };
  return {
    accept: plain('accept'),
    reject: plain('reject'),
    complete: plain('complete'),
    consult,
    alternate: plain('alternate'),
    consultTransfer: plain('consult-transfer'),
    consultConference: plain('consult-conference'),
    setData: ({ agent, interaction }, key, value) =>
      carryOut({ kind: 'set-data', agent, work: interaction, key, value }),
    setDisposition: ({ agent, interaction }, disposition) =>
      carryOut({ kind: 'set-disposition', agent, work: interaction, disposition }),
    signal: ({ agent, interaction }, { p1 = '', ...rest }) =>
      carryOut({ kind: 'signal', agent, work: interaction, signals: [p1, ...Object.values(rest)] }),
  } satisfies Partial<AdapterHandlers>;
};

/** Requests to a conversation. */
export const conversationHandlers = ({ clock }: SwitchDriver, carryOut: CarryOut) => {
  const plain =
    (kind: 'release' | 'hold' | 'retrieve' | 'mute' | 'unmute') =>
    ({ agent, conversation }: ConversationAddress): Answer =>
      carryOut({ kind, agent, leg: conversation });
  const toned = (digits: string): Promise<Result<void, string>> =>
    new Promise((resolve) => void clock.after(digits.length * TONE_MS, () => resolve(ok(undefined))));
  return {
    release: plain('release'),
    hold: plain('hold'),
    retrieve: plain('retrieve'),
    mute: plain('mute'),
    unmute: plain('unmute'),
    sendTones: ({ agent, conversation }, digits) => {
      const sent = carryOut({ kind: 'send-tones', agent, leg: conversation, digits });
      return sent.ok ? toned(digits) : sent;
    },
    transfer: ({ agent, conversation }, destination) =>
      carryOut({ kind: 'transfer', agent, leg: conversation, destination }),
    conference: ({ agent, conversation }, destination) =>
      carryOut({ kind: 'conference', agent, leg: conversation, destination }),
    removeParty: ({ agent, conversation }, number) =>
      carryOut({ kind: 'remove-party', agent, leg: conversation, number }),
  } satisfies Partial<AdapterHandlers>;
};
