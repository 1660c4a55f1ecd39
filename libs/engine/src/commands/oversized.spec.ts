import { type JsonObject } from '@cordboard/kernel';
import { count, office } from '@cordboard/testing';

const entry = (name: string): JsonObject => ({ name, type: 'external', destinations: [], properties: {} });
const books = (entries: number): JsonObject => ({
  addressbooks: [
    {
      name: 'All',
      groups: [],
      entries: Array.from({ length: entries }, (_, index) => entry(`Entry ${index}`)),
    },
  ],
});

/** An office on a bus that carries 64 KiB at most; what the adapter says arrives nevertheless. */
const narrow = async () => {
  const all = office({ maxPayloadBytes: 65_536 });
  all.adapter.script('cti.query.capabilities', {
    'addressbook-supported': true,
    'vendor-notes': 'x'.repeat(9_000),
  });
  const place = await all.hire('w1');
  return { ...all, place, ...(await all.start()) };
};

describe('what is larger than a message', () => {
  it('is refused to the agent who asked for it, and asked for once', async () => {
    const { adapter, send, session } = await narrow();
    const most = Array.from({ length: 1_000 }, (_, entries) => entries).findLast(
      (entries) => JSON.stringify(books(entries)).length < 65_100,
    );
    adapter.script('session.query.addressbook', books(most ?? 0));
    const asked = await send('session.request.incontact.addressbook', session);
    expect(asked.failure).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('longer than can be sent') as string,
    });
    expect(count(adapter.heard, 'session.query.addressbook')).toBe(1);
  });

  it('is counted when it was a change of the address book, and the next one is told', async () => {
    const { adapter, send, session, turn, place, events, settle } = await narrow();
    adapter.script('session.query.addressbook', books(1));
    await send('session.request.incontact.addressbook', session, { realtime: true });
    await settle(adapter.report('session.addressbook', session, books(2)));
    await turn();
    expect(events.at(-1)?.data).toEqual(books(2));
    expect(place.counts.get('events_unpublished')).toBeUndefined();
  });

  it('and of no use is not kept', async () => {
    const { stream, session } = await narrow();
    expect(stream(session).find(({ type }) => type === 'AdapterAssigned')?.data.capabilities).toEqual({
      'addressbook-supported': true,
    });
  });
});
