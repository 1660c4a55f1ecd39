import { type JsonObject } from '@cordboard/kernel';
import { emptySessionModel, type SessionModel } from './model.ts';
import { reduceSession } from './reduce-session.ts';

const told = (name: string, data: JsonObject): SessionModel =>
  reduceSession(emptySessionModel, { target: 'S', name, data });

const label = { language: 'en', country: 'US', name: 'Lunch', description: 'At the table' };

describe('lists that the agent asked for', () => {
  it('keeps reasons with their labels', () => {
    const reason = {
      reasonCodeId: '1',
      reasonCodeCode: 'L',
      selectable: false,
      extensions: [],
      labels: [label],
    };
    const logout = { logoutReasonId: '9', logoutReasonCode: 'E', extensions: ['x'], labels: [] };
    expect(
      told('session.externalnotreadyreasons.updated', { reasonCodes: [reason] }).notReadyReasons,
    ).toEqual([reason]);
    expect(told('session.externallogoutreasons.updated', { logoutReasons: [logout] }).logoutReasons).toEqual([
      logout,
    ]);
  });

  it('keeps the dispositions of a channel with the channel', () => {
    const disposition = { dispositionId: '3', dispositionCode: 'SALE', extensions: [], labels: [label] };
    const channel = told('channel.created', { channel: { id: 'C' } });
    const model = reduceSession(channel, {
      target: 'S.C',
      name: 'channel.externaldispositions.updated',
      data: { dispositions: [disposition] },
    });
    expect(model.objects['S.C']?.dispositions).toEqual([disposition]);
  });

  it('keeps address books, groups within groups', () => {
    const entry = {
      name: 'Sales',
      type: 'skill',
      destinations: [{ label: 'Skill', value: '7000' }],
      properties: { mediaType: 'Voice', numAvailable: 2, ewt: '10 s' },
    };
    const inner = { name: 'East', groups: [], entries: [entry] };
    const books = [{ name: 'House', groups: [{ name: 'Teams', groups: [inner], entries: [] }], entries: [] }];
    expect(told('session.incontact.addressbook.updated', { addressbooks: books }).addressBooks).toEqual(
      books,
    );
  });

  it('follows the voice leg', () => {
    expect(told('session.incontact.agentleg.connected', {}).agentLeg).toEqual({ state: 'connected' });
    expect(told('session.incontact.agentleg.disconnected', {}).agentLeg).toEqual({ state: 'disconnected' });
    expect(told('session.incontact.agentleg.failed', { error: 'no line' }).agentLeg).toEqual({
      state: 'failed',
      error: 'no line',
    });
  });

  it.each<[string, JsonObject, Partial<SessionModel>]>([
    ['session.externalnotreadyreasons.updated', {}, { notReadyReasons: [] }],
    [
      'session.externalnotreadyreasons.updated',
      { reasonCodes: [{}, 'text'] },
      {
        notReadyReasons: [
          { reasonCodeId: '', reasonCodeCode: '', selectable: true, extensions: [], labels: [] },
        ],
      },
    ],
    ['session.externallogoutreasons.updated', { logoutReasons: 'none' }, { logoutReasons: [] }],
    [
      'session.incontact.addressbook.updated',
      { addressbooks: [{ entries: [{}] }] },
      {
        addressBooks: [
          {
            name: '',
            groups: [],
            entries: [{ name: '', type: 'external', destinations: [], properties: {} }],
          },
        ],
      },
    ],
  ])('%s with %j reads as empty where keys are missing', (name, data, model) => {
    expect(told(name, data)).toMatchObject(model);
  });
});
