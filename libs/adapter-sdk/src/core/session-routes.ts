import { type JsonObject } from '@cordboard/kernel';
import { type GroupAddress } from './address.ts';
import { type SessionOptions } from './handler-data.ts';
import { addressBooksBody, directoryBody, logoutReasonsBody, notReadyReasonsBody } from './lists.ts';
import { groupBody, sessionBody, thenBody } from './readings.ts';
import { bare, optionalText, type Routes, text, worded } from './route.ts';

export const sessionOptions = (body: JsonObject): SessionOptions => ({
  name: text(body, 'name'),
  chat: body.chat === true,
  email: body.email === true,
  callback: body.callback === true,
});

/** Requests to a session and to a channel group. */
export const sessionRoutes: Routes = {
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
  'session.request.logout': {
    kind: 'session',
    run: (handlers, at, body) => bare(handlers.logOut?.(at, optionalText(body, 'reason'))),
  },
  'session.query.directory': {
    kind: 'session',
    run: (handlers, at) => worded(handlers.readDirectory?.(at), directoryBody),
  },
  'session.query.notreadyreasons': {
    kind: 'session',
    run: (handlers, at) => worded(handlers.readNotReadyReasons?.(at), notReadyReasonsBody),
  },
  'session.query.logoutreasons': {
    kind: 'session',
    run: (handlers, at) => worded(handlers.readLogoutReasons?.(at), logoutReasonsBody),
  },
  'session.query.addressbook': {
    kind: 'session',
    run: (handlers, at, { realtime, stop }) =>
      stop === true
        ? bare(handlers.stopAddressBook?.(at))
        : worded(handlers.readAddressBook?.(at, realtime === true), addressBooksBody),
  },
  'session.request.agentleg': {
    kind: 'session',
    run: (handlers, at, { action }) =>
      bare(handlers.setAgentLeg?.(at, action === 'connect' ? 'connect' : 'disconnect')),
  },
};
