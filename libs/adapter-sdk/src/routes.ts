import { isJsonObject, type JsonObject, type ObjectKind } from '@cordboard/kernel';
import {
  type ChannelAddress,
  type ConversationAddress,
  type GroupAddress,
  type InteractionAddress,
  type NativeAddress,
} from './address.ts';
import { type AdapterHandlers, type Answer } from './handlers.ts';
import {
  channelBody,
  conversationBody,
  groupBody,
  interactionBody,
  sessionBody,
  thenBody,
} from './readings.ts';

/** How one query or request reaches its handler. Undefined from `run`: the adapter has no such handler. */
export interface Route {
  readonly kind: ObjectKind;
  /** The answer opens the object's events. */
  readonly init?: true;
  readonly run: (
    handlers: AdapterHandlers,
    at: NativeAddress,
    body: JsonObject,
  ) => Answer<JsonObject> | undefined;
}

const text = (body: JsonObject, key: string): string => (typeof body[key] === 'string' ? body[key] : '');
const optional = (body: JsonObject, key: string): string | undefined =>
  typeof body[key] === 'string' ? body[key] : undefined;

const empty = (): JsonObject => ({});
const bare = (answer: Answer | undefined): Answer<JsonObject> | undefined =>
  answer === undefined ? undefined : thenBody(answer, empty);

type Plain<Address> = (handlers: AdapterHandlers) => ((at: Address) => Answer) | undefined;

const onChannel = (pick: Plain<ChannelAddress>): Route => ({
  kind: 'channel',
  run: (handlers, at) => bare(pick(handlers)?.(at as ChannelAddress)),
});
const onInteraction = (pick: Plain<InteractionAddress>): Route => ({
  kind: 'interaction',
  run: (handlers, at) => bare(pick(handlers)?.(at as InteractionAddress)),
});
const onConversation = (pick: Plain<ConversationAddress>): Route => ({
  kind: 'conversation',
  run: (handlers, at) => bare(pick(handlers)?.(at as ConversationAddress)),
});

const sessionOptions = (body: JsonObject): Parameters<AdapterHandlers['readSession']>[1] => ({
  name: text(body, 'name'),
  chat: body.chat === true,
  email: body.email === true,
  callback: body.callback === true,
});

/** Queries and requests that go to a handler; registration and disposal are the kit's own (registration.ts). */
export const routes: Readonly<Record<string, Route>> = {
  'session.query.init': {
    kind: 'session',
    init: true,
    run: (handlers, at, body) => thenBody(handlers.readSession(at, sessionOptions(body)), sessionBody),
  },
  'channelgroup.query.init': {
    kind: 'channelgroup',
    init: true,
    run: (handlers, at) => thenBody(handlers.readGroup(at as GroupAddress), groupBody),
  },
  'channel.query.init': {
    kind: 'channel',
    init: true,
    run: (handlers, at) => thenBody(handlers.readChannel(at as ChannelAddress), channelBody),
  },
  'interaction.query.init': {
    kind: 'interaction',
    init: true,
    run: (handlers, at) => thenBody(handlers.readInteraction(at as InteractionAddress), interactionBody),
  },
  'conversation.query.init': {
    kind: 'conversation',
    init: true,
    run: (handlers, at) => thenBody(handlers.readConversation(at as ConversationAddress), conversationBody),
  },
  'session.request.logout': {
    kind: 'session',
    run: (handlers, at, body) => bare(handlers.logOut?.(at, optional(body, 'reason'))),
  },
  'channel.request.activate': {
    kind: 'channel',
    run: (handlers, at, body) =>
      bare(handlers.activate?.(at as ChannelAddress, { queue: optional(body, 'queue') })),
  },
  'channel.request.deactivate': {
    kind: 'channel',
    run: (handlers, at, body) => {
      const options = { queue: optional(body, 'queue'), reason: optional(body, 'reason') };
      return bare(handlers.deactivate?.(at as ChannelAddress, options));
    },
  },
  'channel.request.ready': onChannel((handlers) => handlers.ready),
  'channel.request.notready': {
    kind: 'channel',
    run: (handlers, at, body) => {
      const reason = { code: text(body, 'reasoncode'), name: optional(body, 'reasondesc') };
      return bare(handlers.notReady?.(at as ChannelAddress, reason));
    },
  },
  'channel.request.dial': {
    kind: 'channel',
    run: (handlers, at, body) => {
      const extensions = isJsonObject(body.extensions) ? body.extensions : undefined;
      return bare(handlers.dial?.(at as ChannelAddress, text(body, 'destination'), extensions));
    },
  },
  'interaction.request.accept': onInteraction((handlers) => handlers.accept),
  'interaction.request.reject': onInteraction((handlers) => handlers.reject),
  'interaction.request.complete': onInteraction((handlers) => handlers.complete),
  'conversation.request.answer': onConversation((handlers) => handlers.accept),
  'conversation.request.release': onConversation((handlers) => handlers.release),
  'conversation.request.hold': onConversation((handlers) => handlers.hold),
  'conversation.request.retrieve': onConversation((handlers) => handlers.retrieve),
  'conversation.request.mute': onConversation((handlers) => handlers.mute),
  'conversation.request.unmute': onConversation((handlers) => handlers.unmute),
  'conversation.request.senddtmf': {
    kind: 'conversation',
    run: (handlers, at, body) => bare(handlers.sendTones?.(at as ConversationAddress, text(body, 'digits'))),
  },
};
