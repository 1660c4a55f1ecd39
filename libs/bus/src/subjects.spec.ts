import fc from 'fast-check';
import { type Address } from './address.ts';
import { parseSubject } from './parse-subject.ts';
import { matches } from './subject-match.ts';
import { type Subject, subjects } from './subjects.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';

const idArbitrary = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/).filter((id) => id !== 'CONTROL');
const sessionArbitrary = fc.uuid({ version: 7 });
const targetArbitrary = fc
  .tuple(sessionArbitrary, fc.option(idArbitrary), fc.array(idArbitrary, { maxLength: 3 }))
  .map(([session, group, [channel, interaction, conversation]]) => ({
    session,
    channelgroup: group ?? undefined,
    channel,
    interaction,
    conversation,
  }));
const wireName = fc
  .array(fc.stringMatching(/^[a-zA-Z][A-Za-z0-9]{0,15}$/), { minLength: 1, maxLength: 4 })
  .map((words) => words.join('.'));
const internalName = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,30}$/).map((type) => `internal_${type}`);
const nameArbitrary = fc.oneof(wireName, internalName);

const build = (address: Address): Subject => {
  switch (address.kind) {
    case 'command':
      return subjects.command(address.tenant, address.target, address.command);
    case 'prepare':
      return subjects.prepare(address.tenant);
    case 'claim':
      return subjects.claim(address.tenant);
    case 'claim-by-any':
      return subjects.claimByAny(address.tenant);
    case 'event':
      return subjects.event(address.tenant, address.target, address.event);
    case 'feed':
      return subjects.feed(address.tenant, address.target, address.event);
    case 'cti-hello':
      return subjects.ctiHello(address.tenant, address.processor);
    case 'cti-status':
      return subjects.ctiStatus(address.tenant, address.processor);
    case 'cti-queues':
      return subjects.ctiQueues(address.tenant, address.processor);
    case 'cti-control':
      return subjects.ctiControl(address.tenant, address.processor, address.instance);
    case 'cti-request':
      return subjects.ctiRequest(address.tenant, address.processor, address.instance, address.target);
    case 'cti-event':
      return subjects.ctiEvent(address.tenant, address.processor, address.target);
    case 'lane':
      return subjects.lane(address.lane);
  }
};

const kinds = {
  tenant: idArbitrary,
  processor: idArbitrary,
  instance: idArbitrary,
  target: targetArbitrary,
};
const { tenant, processor, instance, target } = kinds;
const of = <K extends Address['kind']>(kind: K): fc.Arbitrary<K> => fc.constant(kind);
const addressArbitrary: fc.Arbitrary<Address> = fc.oneof(
  fc.record({ kind: of('command'), tenant, target, command: nameArbitrary }),
  fc.record({ kind: of('prepare'), tenant }),
  fc.record({ kind: of('claim'), tenant }),
  fc.record({ kind: of('claim-by-any'), tenant }),
  fc.record({ kind: of('event'), tenant, target, event: nameArbitrary }),
  fc.record({ kind: of('feed'), tenant, target, event: nameArbitrary }),
  fc.record({ kind: of('cti-hello'), tenant, processor }),
  fc.record({ kind: of('cti-status'), tenant, processor }),
  fc.record({ kind: of('cti-control'), tenant, processor, instance }),
  fc.record({ kind: of('cti-request'), tenant, processor, instance, target }),
  fc.record({ kind: of('cti-event'), tenant, processor, target }),
  fc.record({ kind: of('lane'), lane: fc.nat() }),
);

const hears = (filter: Subject, text: string): boolean => matches(filter.split('.'), text.split('.'));

describe('subjects', () => {
  it('says every address so that it can be read back', () => {
    fc.assert(
      fc.property(addressArbitrary, (address) => {
        expect(parseSubject(build(address))).toEqual(address);
      }),
    );
  });

  it('gives different addresses different subjects', () => {
    fc.assert(
      fc.property(addressArbitrary, addressArbitrary, (one, other) => {
        expect(build(one) === build(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });

  it('reads nothing out of a subject with a token too many or too few', () => {
    fc.assert(
      fc.property(addressArbitrary, (address) => {
        const subject = build(address);
        expect(parseSubject(`${subject}.x`)).toBeNull();
        expect(parseSubject(subject.slice(0, subject.lastIndexOf('.')))).toBeNull();
      }),
    );
  });

  it('reads any text without raising, and only what it would build itself', () => {
    const token = fc.oneof(
      idArbitrary,
      fc.constantFrom('_', 'evt', 'cmd', 'req', 'cti', '*', '>', ''),
      fc.string(),
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(token, { maxLength: 12 }).map((tokens) => `cb.v1.${tokens.join('.')}`),
    );
    fc.assert(
      fc.property(text, (subject) => {
        const address = parseSubject(subject);
        if (address !== null) expect(build(address)).toBe(subject);
      }),
    );
  });

  it.each([
    [
      'command',
      subjects.command('demo', { session: S }, 'session.start'),
      `cb.v1.demo.cmd.${S}._._._._.session_start`,
    ],
    [
      'stand-alone channel',
      subjects.event('demo', { session: S, channel: 'c1' }, 'state.updated'),
      `cb.v1.demo.evt.${S}._.c1._._.state_updated`,
    ],
    [
      'internal event',
      subjects.event('demo', { session: S }, 'internal_ClientBound'),
      `cb.v1.demo.evt.${S}._._._._.internal_ClientBound`,
    ],
    ['commands of a session', subjects.commandsOf('demo', S), `cb.v1.demo.cmd.${S}.>`],
    ['events of a session', subjects.eventsOf('demo', S), `cb.v1.demo.evt.${S}.>`],
    ['switch events of a session', subjects.ctiEventsOf('demo', 'sim', S), `cb.v1.demo.cti.sim.evt.${S}.>`],
    [
      'requests to an instance',
      subjects.ctiRequestsTo('demo', 'sim', 'sim-1'),
      'cb.v1.demo.cti.sim.sim-1.req.>',
    ],
    ['prepare of all tenants', subjects.prepares(), 'cb.v1.*.prepare'],
    ['claims of all tenants', subjects.claims(), 'cb.v1.*.claim'],
    ['claims that every worker hears', subjects.claimsByAny(), 'cb.v1.*.claimany'],
    ['hello of all adapters', subjects.ctiHellos(), 'cb.v1.*.cti.*.hello'],
    ['queues of a tenant', subjects.ctiQueuesOf('demo'), 'cb.v1.demo.cti.*.queues'],
    ['status of all adapters', subjects.ctiStatuses(), 'cb.v1.*.cti.*.status'],
    ['all lanes', subjects.lanes(), 'cb.v1._sys.lane.*'],
  ])('spells %s as the contract does', (_, built, expected) => {
    expect(built).toBe(expected);
  });

  it('lets each filter hear its own messages and no others', () => {
    fc.assert(
      fc.property(addressArbitrary, (address) => {
        const text = build(address);
        const session = 'target' in address ? address.target.session : null;
        if (session === null || !('tenant' in address)) return;
        expect(hears(subjects.commandsOf(address.tenant, session), text)).toBe(address.kind === 'command');
        expect(hears(subjects.eventsOf(address.tenant, session), text)).toBe(address.kind === 'event');
        expect(hears(subjects.ctiEventsOf(address.tenant, 'sim', session), text)).toBe(
          address.kind === 'cti-event' && address.processor === 'sim',
        );
      }),
    );
  });

  it.each([
    ['a tenant with a dot', () => subjects.prepare('a.b')],
    ['a tenant that is a wildcard', () => subjects.claim('*')],
    ['an empty processor', () => subjects.ctiHello('demo', '')],
    ['the reserved word', () => subjects.ctiControl('demo', 'sim', 'CONTROL')],
    ['a session that is no UUIDv7', () => subjects.commandsOf('demo', '>')],
    ['a target with a hole', () => subjects.ctiEvent('demo', 'sim', { session: S, conversation: 'v' })],
    ['a name with a wildcard', () => subjects.event('demo', { session: S }, 'state.*')],
    ['a name with a `_` of its own', () => subjects.command('demo', { session: S }, 'session_start')],
    ['an endless name', () => subjects.command('demo', { session: S }, 'a'.repeat(200))],
    ['a lane that is no number', () => subjects.lane(Number.NaN)],
  ])('refuses to build %s', (_, attempt) => {
    expect(attempt).toThrow(TypeError);
  });
});
