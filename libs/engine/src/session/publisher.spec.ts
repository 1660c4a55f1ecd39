import { type SessionEvent } from '@cordboard/domain';
import { publishEvents, publishPassing } from './publisher.ts';
import { type RecordedEvent } from './session-runner.ts';

const session = '0198f2c4-7a10-7abc-8def-0123456789ab';

const recorded = (seq: number, event: SessionEvent, name: string | null): RecordedEvent =>
  ({
    event,
    clear: event.data,
    record: {
      session,
      seq,
      epoch: 1,
      tenant: 'demo',
      type: event.type,
      target: session,
      name,
      data: {},
      at: 0,
      meta: {},
    },
  }) as unknown as RecordedEvent;

const EVENTS: readonly RecordedEvent[] = [
  recorded(1, { type: 'LogOutFailed', target: { session }, data: { retryAt: null } }, null),
  recorded(2, { type: 'SessionInitialized', target: { session }, data: {} }, 'session.initialized'),
  recorded(
    3,
    {
      type: 'CommandCompleted',
      target: { session },
      data: { commandId: 'c1', digest: '', outcome: { result: 'success' } },
    },
    null,
  ),
  recorded(4, { type: 'SessionInitialized', target: { session }, data: {} }, 'session.initialized'),
];

const run = (publishes: boolean) => {
  const left: string[] = [];
  const counts: string[] = [];
  const bus = {
    publish: (subject: string) => {
      left.push(subject.split('.').slice(-1).join());
      return publishes;
    },
  };
  const answer = (commandId: string): void => void left.push(`answer ${commandId}`);
  publishEvents({ bus, metrics: { count: (name) => void counts.push(name) }, answer }, EVENTS, {
    lane: 1,
    wpos: 7,
  });
  return { left, counts };
};

describe('what was stored', () => {
  it('leaves in stream order, the answer to a command at the place of its outcome', () => {
    expect(run(true)).toEqual({
      left: [
        'internal_LogOutFailed',
        'session_initialized',
        'internal_CommandCompleted',
        'answer c1',
        'session_initialized',
      ],
      counts: Array(4).fill('events_published'),
    });
  });

  it('answers also while nothing can be published', () => {
    expect(run(false).left).toContain('answer c1');
    expect(run(false).counts).toEqual(Array(4).fill('events_unpublished'));
  });
});

describe('a passing event', () => {
  it('goes out with the last sequence as its own and the one before', () => {
    const sent: [string, string, object | undefined][] = [];
    const bus = {
      publish: (subject: string, body: string, headers?: object) => {
        sent.push([subject, body, headers]);
        return true;
      },
    };
    const counts: string[] = [];
    const event: SessionEvent = {
      type: 'AddressBookUpdated',
      target: { session },
      data: { addressbooks: [] },
    };
    const name = 'session.incontact.addressbook.updated';
    const told = { event, tenant: 'demo', name, clear: { addressbooks: [] }, at: 0 };
    publishPassing({ bus, metrics: { count: (counted) => void counts.push(counted) } }, [told], 12);
    expect(sent).toEqual([
      [
        `cb.v1.demo.evt.${session}._._._._.session_incontact_addressbook_updated`,
        JSON.stringify({
          messageType: 'objectEvent',
          target: session,
          name,
          data: { addressbooks: [] },
          sequence: 12,
          previous: 12,
          at: '1970-01-01T00:00:00.000Z',
        }),
        { seq: '12' },
      ],
    ]);
    expect(counts).toEqual(['events_published']);
  });
});
