import { type EventName } from '@cordboard/agent-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { type SessionModel } from './model.ts';
import { addressBooksOf, logoutReasonsOf, notReadyReasonsOf, textOf } from './read.ts';

/** What an event about the session as a whole changes. */
export const SESSION_CHANGES: Readonly<
  Partial<Record<EventName, (data: JsonObject) => Partial<SessionModel>>>
> = {
  'session.initialized': () => ({ initialized: true }),
  'session.externalnotreadyreasons.updated': ({ reasonCodes }) => ({
    notReadyReasons: notReadyReasonsOf(reasonCodes),
  }),
  'session.externallogoutreasons.updated': ({ logoutReasons }) => ({
    logoutReasons: logoutReasonsOf(logoutReasons),
  }),
  'session.incontact.addressbook.updated': ({ addressbooks }) => ({
    addressBooks: addressBooksOf(addressbooks),
  }),
  'session.incontact.agentleg.connected': () => ({ agentLeg: { state: 'connected' } }),
  'session.incontact.agentleg.disconnected': () => ({ agentLeg: { state: 'disconnected' } }),
  'session.incontact.agentleg.failed': ({ error }) => ({
    agentLeg: { state: 'failed', error: textOf(error) },
  }),
};
