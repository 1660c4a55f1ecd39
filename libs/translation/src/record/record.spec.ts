import { EVENTS } from '@cordboard/agent-protocol';
import {
  EVENT_TYPES,
  type EventType,
  hasWireForm,
  sessionDecider,
  type SessionEvent,
} from '@cordboard/domain';
import fc from 'fast-check';
import { formatTarget, type JsonObject, type Target } from '@cordboard/kernel';
import { EVENT_SHAPES, type EventShape, HIGHEST_VERSION } from './event-shapes.ts';
import { fromRecord, type StoredShape } from './from-record.ts';
import { toRecord } from './to-record.ts';

const S = '0198f2c4-7a10-7abc-8def-0123456789ab';
const group: Target = { session: S, channelgroup: 'g' };

/** Targets of every shape that a type may have. */
const TARGETS: Readonly<Record<EventShape['on'], readonly Target[]>> = {
  session: [{ session: S }],
  channelgroup: [group],
  channel: [
    { ...group, channel: 'c' },
    { session: S, channel: 'c' },
  ],
  interaction: [
    { ...group, channel: 'c', interaction: 'i' },
    { session: S, channel: 'c', interaction: 'i' },
  ],
  conversation: [
    { ...group, channel: 'c', interaction: 'i', conversation: 'v' },
    { session: S, channel: 'c', interaction: 'i', conversation: 'v' },
  ],
  'session-or-group': [{ session: S }, group],
  any: [
    { session: S },
    group,
    { ...group, channel: 'c' },
    { ...group, channel: 'c', interaction: 'i' },
    { session: S, channel: 'c' },
    { session: S, channel: 'c', interaction: 'i' },
    { session: S, channel: 'c', interaction: 'i', conversation: 'v' },
  ],
};

const state = { state: 'ACTIVE', previousState: null };
const member = { member: { number: '+12025550123', name: 'A' } };
const shown = { interactionData: { ANI: '+12025550123', order: { id: '7' } } };

/** Data of the types whose own data matters to the round trip; personal paths are looked up in it. */
const DATA: Readonly<Partial<Record<EventType, (target: Target) => object>>> = {
  CommandAccepted: (target) => ({
    commandId: 'r1',
    digest: 'd',
    command: { type: 'Dial', target, destination: '5' },
  }),
  CommandCompleted: () => ({ commandId: 'r1', digest: 'd', outcome: { result: 'success' } }),
  SwitchRequested: (target) => ({
    requestId: 'q',
    request: { type: 'Dial', target, destination: '5' },
    deadlineAt: 1,
  }),
  SwitchAnswered: () => ({ requestId: 'q', answer: { ok: true, reading: { of: 'none' } } }),
  SwitchFactDeferred: (target) => ({ fact: { type: 'PartyAdded', target, number: '5' } }),
  ConversationMemberRenamed: () => member,
  ConversationMemberAdded: () => member,
  ConversationMemberRemoved: () => member,
  ConversationFailed: () => ({ reason: 'No line' }),
  InteractionDataChanged: () => shown,
  InteractionPreviewed: () => shown,
  InteractionScreenPopped: () => shown,
  ChannelGroupStateUpdated: () => state,
  ChannelStateUpdated: () => state,
  InteractionStateUpdated: () => ({ state: 'ENDED', previousState: 'STARTED' }),
  ConversationStateUpdated: () => ({ state: 'HELD', previousState: 'TALKING' }),
};

const events = fc
  .constantFrom(...EVENT_TYPES)
  .chain((type) =>
    fc.record({
      type: fc.constant(type),
      target: fc.constantFrom(...TARGETS[EVENT_SHAPES[type].on]),
      silent: fc.boolean(),
    }),
  )
  .map(({ type, target, silent }) => ({
    type,
    target,
    data: DATA[type]?.(target) ?? {},
    ...(silent && hasWireForm(type) ? { silent: true } : {}),
  }))
  .map((event) => event as unknown as SessionEvent);

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const row = (over: Partial<StoredShape>): StoredShape => ({
  type: 'SessionInitialized',
  version: 1,
  target: S,
  name: 'session.initialized',
  data: {},
  ...over,
});

describe('a row of the log', () => {
  it('gives back the event that was written', () => {
    fc.assert(
      fc.property(events, (event) => {
        const written = json(toRecord(event, sessionDecider.initialState));
        expect(fromRecord(written)).toEqual({ ok: true, value: event });
        expect(written.target).toBe(formatTarget(event.target));
      }),
    );
  });

  it('of a stand-alone object that was written before rows said so reads by what is in it', () => {
    const target: Target = { session: S, channel: 'c', interaction: 'i' };
    const request = { type: 'CompleteInteraction', target };
    const stored = row({
      type: 'SwitchRequested',
      target: `${S}.c.i`,
      name: null,
      data: { request } as unknown as JsonObject,
    });
    expect(fromRecord(stored)).toMatchObject({ ok: true, value: { target } });
    const answered = row({ type: 'SwitchAnswered', target: `${S}.g.c`, name: null, data: {} });
    expect(fromRecord(answered)).toMatchObject({ ok: true, value: { target: { ...group, channel: 'c' } } });
  });

  it.each<[string, Partial<SessionEvent>, object]>([
    [
      'what a reading command answered',
      {
        type: 'CommandCompleted',
        data: {
          commandId: 'r1',
          digest: 'd',
          outcome: { result: 'success', data: { scripts: [] }, again: true },
        },
      },
      { commandId: 'r1', digest: 'd', outcome: { result: 'success', again: true } },
    ],
    [
      'a directory',
      {
        type: 'SwitchAnswered',
        data: { requestId: 'q', answer: { ok: true, reading: { of: 'directory', entries: [] } } },
      },
      { requestId: 'q', answer: { ok: true, reading: { of: 'none' } } },
    ],
    [
      'an address book',
      {
        type: 'SwitchFactDeferred',
        data: { fact: { type: 'AddressBookChanged', target: { session: S }, addressBooks: [{ name: 'A' }] } },
      },
      { fact: { type: 'AddressBookChanged', target: { session: S }, addressBooks: [] } },
    ],
    [
      'but the skills that a call needs',
      {
        type: 'SwitchAnswered',
        data: { requestId: 'q', answer: { ok: true, reading: { of: 'outboundskills', skills: [] } } },
      },
      { requestId: 'q', answer: { ok: true, reading: { of: 'outboundskills', skills: [] } } },
    ],
  ])('keeps nothing of %s', (_what, event, data) => {
    const whole = { target: { session: S }, ...event } as SessionEvent;
    expect(toRecord(whole, sessionDecider.initialState).data).toEqual(data);
  });

  it('has a name exactly where agents are shown the event', () => {
    fc.assert(
      fc.property(events, (event) => {
        const { name, personal } = toRecord(event, sessionDecider.initialState);
        expect(name !== null).toBe(hasWireForm(event.type) && event.silent !== true);
        expect(personal.every((path) => !path.startsWith('capabilities'))).toBe(true);
      }),
    );
  });

  it('has a name of the catalogue or none, for every type', () => {
    const names = new Set<string>(EVENTS.map(({ name }) => name));
    expect(Object.keys(EVENT_SHAPES).sort()).toEqual([...EVENT_TYPES].sort());
    for (const [type, { name, version }] of Object.entries(EVENT_SHAPES)) {
      expect(name === null || names.has(name)).toBe(true);
      expect(name !== null).toBe(hasWireForm(type as EventType));
      expect(version).toBeLessThanOrEqual(HIGHEST_VERSION);
    }
  });

  it('carries state and capabilities as agents get them', () => {
    const event: SessionEvent = {
      type: 'ConversationStateUpdated',
      target: { ...group, channel: 'c', interaction: 'i', conversation: 'v' },
      data: { state: 'HELD', previousState: 'TALKING' },
    };
    expect(toRecord(event, sessionDecider.initialState)).toEqual({
      type: 'ConversationStateUpdated',
      version: 1,
      target: `${S}.g.c.i.v`,
      name: 'state.updated',
      data: {
        objectType: 'conversation',
        state: 'HELD',
        previousState: 'TALKING',
        capabilities: {
          'conversation.request.answer': false,
          'conversation.request.release': false,
          'conversation.request.hold': false,
          'conversation.request.retrieve': false,
          'conversation.request.mute': false,
          'conversation.request.unmute': false,
          'conversation.request.senddtmf': false,
          'conversation.request.blindtransfer': false,
          'conversation.request.blindconference': false,
          'conversation.request.removeparty': false,
        },
      },
      personal: [],
      subjects: [],
    });
    expect(toRecord({ ...event, silent: true }, sessionDecider.initialState)).toMatchObject({
      name: null,
      data: { state: 'HELD', previousState: 'TALKING' },
    });
  });

  it.each<[string, StoredShape, RegExp]>([
    ['an unknown type', row({ type: 'SessionSung' }), /SessionSung are unknown/],
    ['a type of the prototype', row({ type: 'constructor' }), /unknown/],
    ['a newer version', row({ version: 2 }), /version 2.*up to 1/],
    ['a version beyond', row({ type: 'CommandAccepted', version: 3 }), /version 3.*up to 2/],
    ['a target of another kind', row({ target: `${S}.g` }), /no target/],
    ['no session', row({ target: 's1' }), /no target/],
    ['too many levels', row({ type: 'CommandAccepted', target: `${S}.a.b.c.d.e` }), /no target/],
  ])('with %s cannot be read', (_what, stored, reason) => {
    const read = fromRecord(stored);
    expect(!read.ok && read.error).toMatch(reason);
  });
});
