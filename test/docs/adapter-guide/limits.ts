import { GatewayConfig } from '../../../apps/cti-gateway/src/gateway-config.ts';
import * as gateway from '../../../apps/cti-gateway/src/limits.ts';
import * as core from '../../../libs/adapter-sdk/src/core/limits.ts';
import * as domain from '../../../libs/domain/src/limits.ts';
import * as link from '../../../libs/adapter-sdk/src/link/limits.ts';
import * as nats from '../../../libs/adapter-sdk/src/nats/limits.ts';

const MIB = 1_048_576;
const SECOND = 1_000;

/** The limits that an author of adapters meets: what, how much, its unit, and what happens beyond it. */
export const LIMITS: readonly (readonly [what: string, value: number, unit: string, beyond: string])[] = [
  ['characters of a native id', core.MAX_NATIVE_ID, '', 'the object is refused'],
  ['sessions of one adapter', core.MAX_SESSIONS, '', 'the login is refused'],
  ['objects of one session', core.MAX_OBJECTS, '', 'the registration is refused'],
  [
    'time that Cordboard waits for an answer',
    domain.ANSWER_TIMEOUT_MS / SECOND,
    ' s',
    'the agent is told that the phone system did not answer',
  ],
  ['the same for `createsession` and `logout`', domain.LOGIN_TIMEOUT_MS / SECOND, ' s', 'the same'],
  ['time after which the kit answers for a handler', core.HANDLER_LIMIT_MS / SECOND, ' s', 'a refusal'],
  ['time that reports wait for an answer', core.ANSWER_FIRST_MS / SECOND, ' s', 'they go out before it'],
  ['reports held for one object until it is read', core.MAX_HELD_EVENTS, '', 'the oldest is dropped'],
  ['objects of one session with reports held', core.MAX_HELD_OBJECTS, '', 'those of the oldest are dropped'],
  [
    'reports of one session that Cordboard has not taken',
    nats.MAX_QUEUED_EVENTS,
    '',
    'all but the newest are dropped, and the session is read again',
  ],
  [
    'reports of all sessions that Cordboard has not taken',
    nats.MAX_LINK_EVENTS,
    '',
    'the longest queues are dropped in the same way',
  ],
  ['the same in bytes', nats.MAX_LINK_BYTES / MIB, ' MiB', 'the same'],
  ['requests of one session under way', nats.MAX_UNDER_WAY, '', 'the request is refused'],
  ['figures of the queues', core.QUEUES_EVERY_MS / SECOND, ' s apart', 'of those between the newest counts'],
  ['time to finish when the adapter stops', link.DRAIN_MS / SECOND, ' s', 'what is under way is given up'],
  [
    'bytes of a frame that is read',
    new GatewayConfig().maxBytes,
    '',
    'an answer becomes a refusal, an event is dropped',
  ],
  ['bytes of a frame that is skipped', gateway.CLOSE_BYTES, '', 'the gateway closes the connection'],
  [
    'silence on TCP',
    gateway.SILENCE_MS / SECOND,
    ' s',
    'you are asked for your status; after as much again the gateway closes the connection',
  ],
  ['time to say hello over TCP', gateway.STRANGER_MS / SECOND, ' s', 'the gateway closes the connection'],
  [
    'what you have not read on TCP',
    gateway.MAX_UNWRITTEN_BYTES / MIB,
    ' MiB',
    'the gateway closes the connection',
  ],
];
