import { type SessionEvent } from '@cordboard/domain';
import { type Target } from '@cordboard/kernel';
import { whatHappened } from './what-happened.ts';

const target: Target = { session: '0198f2c4-7a10-7abc-8def-0123456789ab' };
const number = '+12025550123';

type Told = SessionEvent extends infer One ? (One extends SessionEvent ? Omit<One, 'target'> : never) : never;

const outcome = (given: object): Told =>
  ({ type: 'CommandCompleted', data: { commandId: 'r', digest: 'd', outcome: given } }) as Told;
const asked = (request: object): Told =>
  ({ type: 'SwitchRequested', data: { requestId: 'q', deadlineAt: 0, request } }) as Told;

const CASES: readonly (readonly [Told, string])[] = [
  [outcome({ result: 'success' }), 'command done'],
  [outcome({ result: 'needinfo', skills: [] }), 'nothing done: the agent has to choose a skill first'],
  [outcome({ result: 'failure', code: 'NO_CONSULT', message: '' }), 'command failed: NO_CONSULT'],
  [asked({ type: 'Consult', destination: number }), `asked the switch to consult ${number}`],
  [asked({ type: 'BlindTransfer', destination: number }), `asked the switch to transfer to ${number}`],
  [asked({ type: 'RemoveParty', number: null }), 'asked the switch to take out (sealed)'],
  [asked({ type: 'Alternate' }), 'asked the switch to alternate'],
  [
    { type: 'InteractionRuled', data: { queue: '7001', wrapUpMs: 10_000, dispositionRequired: true } },
    'queue 7001: 10000 ms of after-call work, a disposition is required',
  ],
  [{ type: 'InteractionDispositionSet', data: { disposition: 'Sold' } }, 'disposition set: Sold'],
  [
    { type: 'InteractionHoldBackBegan', data: { by: 'alternate', until: 0 } },
    'the calls are swapped: what comes too early waits, 1970-01-01T00:00:00.000Z at the latest',
  ],
  [
    { type: 'AfterCallWorkBegan', data: { endsAt: 0, interaction: 'i', next: null } },
    'after-call work until 1970-01-01T00:00:00.000Z',
  ],
  [{ type: 'AfterCallWorkEnded', data: { reason: 'elapsed' } }, 'after-call work is over'],
  [{ type: 'AddressBookFollowed', data: { realtime: true } }, 'changes of the address book are passed on'],
  [{ type: 'NotReadyReasonsUpdated', data: { reasonCodes: [] } }, 'not ready reasons told: 0'],
  [{ type: 'AgentLegFailed', data: { error: 'No line' } }, 'voice leg failed: No line'],
  [{ type: 'ConversationTransferFailed', data: { reason: 'Busy' } }, 'transfer failed: Busy'],
];

describe('what happened', () => {
  it.each(CASES)('%j is told in words', (event, told) => {
    expect(whatHappened({ ...event, target })).toBe(told);
  });

  it('says when the agent was not shown it', () => {
    expect(whatHappened({ type: 'AgentLegConnected', target, data: {}, silent: true })).toBe(
      'voice leg connected (not shown to the agent)',
    );
  });
});
