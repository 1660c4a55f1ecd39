import { type Call, type Leg, type Party } from './model.ts';

interface OfAgent {
  readonly agent: string;
}
interface OfLeg extends OfAgent {
  readonly call: string;
  readonly leg: string;
}

/** What happened in the switch. Those of agents and legs are what an adapter reports; those of calls are its own. */
export type SwitchEvent =
  | ({ readonly type: 'AgentLoggedIn' } & OfAgent)
  | ({ readonly type: 'AgentLoggedOut' } & OfAgent)
  | ({ readonly type: 'ChannelActivated' } & OfAgent)
  | ({ readonly type: 'ChannelDeactivated' } & OfAgent)
  | ({ readonly type: 'AgentReady'; readonly busy: boolean; readonly at: number } & OfAgent)
  | ({
      readonly type: 'AgentNotReady';
      readonly busy: boolean;
      readonly reasonCode: string;
      readonly reasonName: string;
    } & OfAgent)
  | ({ readonly type: 'LegOffered'; readonly offered: Leg } & OfLeg)
  | ({ readonly type: 'LegRinging' } & OfLeg)
  | ({ readonly type: 'LegDialing' } & OfLeg)
  | ({ readonly type: 'LegStarted' } & OfLeg)
  | ({ readonly type: 'LegTalking' } & OfLeg)
  | ({ readonly type: 'LegHeld' } & OfLeg)
  | ({ readonly type: 'LegMuted' } & OfLeg)
  | ({ readonly type: 'PartyAdded'; readonly party: Party } & OfLeg)
  | ({ readonly type: 'LegBusy' } & OfLeg)
  | ({ readonly type: 'LegFailed'; readonly reason: string } & OfLeg)
  | ({ readonly type: 'LegEnded' } & OfLeg)
  | ({ readonly type: 'LegCompleted' } & OfLeg)
  | { readonly type: 'CallPlaced'; readonly call: string; readonly placed: Call }
  | { readonly type: 'CallAnswered'; readonly call: string; readonly at: number }
  | { readonly type: 'CallRequeued'; readonly call: string; readonly agent: string; readonly until: number }
  | {
      readonly type: 'TonesSent';
      readonly call: string;
      readonly by: 'byAgents' | 'byOutside';
      readonly digits: string;
    }
  | { readonly type: 'CallEnded'; readonly call: string; readonly at: number; readonly reason: string }
  | { readonly type: 'CallsCleared' };

export type SwitchEventType = SwitchEvent['type'];
