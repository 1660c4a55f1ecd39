import { type ConversationAddress } from './address.ts';
import { type AdapterHandlers, type Answer } from './handlers.ts';
import { conversationBody, thenBody } from './readings.ts';
import { bare, type Route, type Routes, text } from './route.ts';

type Pick<Rest extends readonly unknown[] = []> = (
  handlers: AdapterHandlers,
) => ((at: ConversationAddress, ...rest: Rest) => Answer) | undefined;

const plain = (pick: Pick): Route => ({
  kind: 'conversation',
  run: (handlers, at) => bare(pick(handlers)?.(at as ConversationAddress)),
});

const withText = (key: string, pick: Pick<[text: string]>): Route => ({
  kind: 'conversation',
  run: (handlers, at, body) => bare(pick(handlers)?.(at as ConversationAddress, text(body, key))),
});

/** Requests to a conversation. */
export const conversationRoutes: Routes = {
  'conversation.query.init': {
    kind: 'conversation',
    init: true,
    run: (handlers, at) => thenBody(handlers.readConversation(at as ConversationAddress), conversationBody),
  },
  'conversation.request.answer': plain((handlers) => handlers.accept),
  'conversation.request.release': plain((handlers) => handlers.release),
  'conversation.request.hold': plain((handlers) => handlers.hold),
  'conversation.request.retrieve': plain((handlers) => handlers.retrieve),
  'conversation.request.mute': plain((handlers) => handlers.mute),
  'conversation.request.unmute': plain((handlers) => handlers.unmute),
  'conversation.request.senddtmf': withText('digits', (handlers) => handlers.sendTones),
  'conversation.request.transfer': withText('destination', (handlers) => handlers.transfer),
  'conversation.request.conference': withText('destination', (handlers) => handlers.conference),
  'conversation.request.removeparty': withText('number', (handlers) => handlers.removeParty),
};
