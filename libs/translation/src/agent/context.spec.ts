import { INBOUND_CALL, sessionScenario } from '@cordboard/testing/scenario';
import { sessionDecider } from '@cordboard/domain';
import { contextOf } from './context.ts';

const ringing = () => {
  const s = sessionScenario(INBOUND_CALL);
  s.start();
  s.offer();
  return s;
};

describe('the debugging context of an event', () => {
  it('nests the object in its parents, with types and the names that groups and channels have', () => {
    const s = ringing();
    const target = s.conversation();
    const context = contextOf(target, s.state());
    expect(context).toEqual({
      conversation: {
        id: target.conversation,
        interaction: {
          id: target.interaction,
          type: 'TELEPHONY',
          modeltype: 'TELEPHONY',
          channel: {
            id: target.channel,
            name: expect.any(String) as string,
            type: 'TELEPHONY',
            modeltype: 'TELEPHONY',
            channelgroup: {
              id: target.channelgroup,
              name: expect.any(String) as string,
              session: { id: target.session },
            },
          },
        },
      },
    });
  });

  it('leaves the group out where there is none, and says of the unknown what its path says', () => {
    const target = { session: 's', channel: 'c', interaction: 'i' };
    expect(contextOf(target, sessionDecider.initialState)).toEqual({
      interaction: { id: 'i', channel: { id: 'c', session: { id: 's' } } },
    });
    expect(contextOf({ session: 's' }, sessionDecider.initialState)).toEqual({ session: { id: 's' } });
  });

  it('knows an object that is gone from the state before', () => {
    const s = ringing();
    const context = contextOf(s.interaction(), sessionDecider.initialState, s.state());
    expect(context).toMatchObject({ interaction: { type: 'TELEPHONY' } });
  });

  it('holds nothing of the people on the line', () => {
    const s = ringing();
    const people = s
      .history()
      .flatMap((event) => (event.type === 'ConversationMemberAdded' ? [event.data.member] : []));
    expect(people).not.toEqual([]);
    const told = JSON.stringify(contextOf(s.conversation(), s.state()));
    for (const { number, name } of people) {
      expect(told).not.toContain(number);
      if (name !== undefined) expect(told).not.toContain(name);
    }
  });
});
