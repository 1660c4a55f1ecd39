import { type SwitchWorld } from '@cordboard/testing/scenario';
import { type Script } from '../history.ts';
import {
  CALLER,
  channel,
  completed,
  dialled,
  IDLE,
  INBOUND,
  leg,
  NAME,
  onLeg,
  OUTBOUND,
  READY,
  ringing,
  SECOND,
  talking,
} from './parts.ts';

/** Two legs, the second in focus, that the switch had before the session began. */
const RUNNING: SwitchWorld = {
  ...IDLE,
  channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: [{ nativeId: 'call' }] } },
  interaction: { call: { state: 'STARTED', data: { ANI: CALLER }, primary: 'leg', consult: 'second' } },
  conversation: {
    leg: { state: 'HELD', members: [{ number: CALLER, name: NAME }] },
    second: { state: 'TALKING', members: [{ number: SECOND }] },
  },
};

/** One call with one leg, as the first release handled it. */
export const CALLS: Readonly<Record<string, Script>> = {
  'inbound-call': {
    about: 'An inbound call: answered, put on hold, retrieved, released, wrapped up.',
    world: INBOUND,
    play: (s) => {
      talking(s);
      onLeg(s, 'HoldConversation');
      leg(s, { type: 'ConversationHeld' });
      onLeg(s, 'RetrieveConversation');
      leg(s, { type: 'ConversationTalking' });
      s.fact({
        type: 'InteractionDataChanged',
        target: s.interaction(),
        changes: { note: 'called back', order: null },
      });
      onLeg(s, 'ReleaseConversation');
      leg(s, { type: 'ConversationEnded' });
      channel(s, { type: 'AgentNotReady', busy: false, reasonCode: 'acw', reasonName: 'Wrap-up' });
      completed(s);
      s.send({ type: 'MakeReady', target: s.channel() });
      s.answerAll();
      channel(s, { type: 'AgentReady', busy: false });
    },
  },
  reject: {
    about: 'A call that the agent rejects while it rings.',
    world: INBOUND,
    play: (s) => {
      ringing(s);
      s.send({ type: 'RejectInteraction', target: s.interaction() });
      s.answerAll();
      leg(s, { type: 'ConversationEnded' });
    },
  },
  abandon: {
    about: 'A caller who hangs up before anybody answers.',
    world: INBOUND,
    play: (s) => {
      ringing(s);
      leg(s, { type: 'ConversationEnded' });
    },
  },
  'far-end-hang-up': {
    about: 'A caller who hangs up in the middle of the call; the agent completes it later.',
    world: INBOUND,
    play: (s) => {
      talking(s);
      leg(s, { type: 'ConversationMuted' });
      leg(s, { type: 'ConversationEnded' });
      completed(s);
    },
  },
  'outbound-answered': {
    about: 'A number dialled, answered and released by the agent.',
    world: OUTBOUND,
    play: (s) => {
      dialled(s);
      leg(s, { type: 'ConversationStarted' });
      leg(s, { type: 'ConversationTalking' });
      leg(s, { type: 'PartyAdded', number: CALLER, name: NAME });
      onLeg(s, 'ReleaseConversation');
      leg(s, { type: 'ConversationEnded' });
      completed(s);
    },
  },
  'outbound-busy': {
    about: 'A number dialled that is busy.',
    world: OUTBOUND,
    play: (s) => {
      dialled(s);
      leg(s, { type: 'ConversationBusy' });
      completed(s);
    },
  },
  'outbound-failed': {
    about: 'A number refused by the switch, then one that cannot be reached.',
    world: OUTBOUND,
    play: (s) => {
      s.start();
      s.send({ type: 'Dial', target: s.channel(), destination: '12' });
      s.refuse('Dial', 'No such number.');
      s.send({ type: 'Dial', target: s.channel(), destination: CALLER });
      s.answerAll();
      s.offer('call');
      leg(s, { type: 'ConversationFailed', reason: 'No line.' });
      completed(s);
    },
  },
  'facts-before-their-object': {
    about: 'A call that is answered and joined while it is still being read.',
    world: INBOUND,
    play: (s) => {
      s.start();
      s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'call' });
      while (!s.asked().includes('ReadConversation')) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
      s.fact({ type: 'ConversationTalking', target: s.conversation() });
      s.fact({ type: 'PartyAdded', target: s.conversation(), number: SECOND });
      s.answerAll();
      leg(s, { type: 'PartyRemoved', number: SECOND });
    },
  },
  'running-call': {
    about: 'A start in the middle of a call with two legs: all of it is recovered, then it ends.',
    world: RUNNING,
    play: (s) => {
      s.start();
      leg(s, { type: 'ConversationEnded' }, 1);
      leg(s, { type: 'ConversationTalking' });
      leg(s, { type: 'ConversationEnded' });
      completed(s);
    },
  },
};
