import { type SessionScenario } from '@cordboard/testing/scenario';
import { type Script } from '../history.ts';
import { accepts, alone, asks, CALLER, channel, completed, FOUND, gets, leg, startFull } from './parts.ts';

const WRAP_UP_MS = 10_000;

/** A contact of a queue that gives time for after-call work. */
const QUEUED = alone('CHAT', { ANI: CALLER, QUEUE: '7001' });

const start = (s: SessionScenario, dispositionRequired = false): void => {
  s.house({ queues: { 7001: { wrapUpMs: WRAP_UP_MS, dispositionRequired } } });
  startFull(s);
};

const ends = (s: SessionScenario): void => {
  s.fact({ type: 'InteractionEnded', target: s.interaction() });
};

const wrappingUp = (s: SessionScenario, dispositionRequired = false): void => {
  start(s, dispositionRequired);
  accepts(s, 'one');
  ends(s);
  s.answerAll();
  channel(s, { type: 'AgentNotReady', busy: false, reasonCode: 'acw' });
};

/** What an agent does and is when the talking is over. */
export const AFTER_WORK: Readonly<Record<string, Script>> = {
  'after-call-work': {
    about: 'Not ready asked for during a call: it is pending until the time for after-call work is over.',
    world: FOUND,
    play: (s) => {
      start(s);
      s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes: { QUEUE: '7001' } });
      channel(s, { type: 'AgentReady', busy: true });
      gets(s, { type: 'MakeReady', target: s.channel() });
      gets(s, { type: 'MakeNotReady', target: s.channel(), reasonCode: '3', reasonName: 'Lunch' });
      channel(s, { type: 'AgentNotReady', busy: true, reasonCode: '3', reasonName: 'Lunch' });
      leg(s, { type: 'ConversationEnded' });
      channel(s, { type: 'AgentNotReady', busy: false, reasonCode: 'acw' });
      s.after(WRAP_UP_MS);
      s.answerAll();
      channel(s, { type: 'AgentNotReady', busy: false, reasonCode: '3', reasonName: 'Lunch' });
    },
  },
  'after-call-work-asked-for': {
    about:
      'After-call work asked for during a call stays when its time is over; its owner changes meanwhile.',
    world: FOUND,
    play: (s) => {
      start(s);
      s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes: { QUEUE: '7001' } });
      channel(s, { type: 'AgentReady', busy: true });
      gets(s, { type: 'MakeNotReady', target: s.channel(), reasonCode: 'acw' });
      channel(s, { type: 'AgentNotReady', busy: true, reasonCode: 'acw' });
      leg(s, { type: 'ConversationEnded' });
      channel(s, { type: 'AgentNotReady', busy: false, reasonCode: 'acw' });
      s.must({ kind: 'claim', epoch: 2, worker: 'worker-2' });
      s.after(WRAP_UP_MS);
    },
  },
  'after-call-work-completed': {
    about: 'A chat that needs a disposition first; to complete it ends the after-call work.',
    world: QUEUED,
    play: (s) => {
      wrappingUp(s, true);
      gets(s, { type: 'SetDisposition', target: s.interaction(), disposition: 'sold' });
      completed(s);
      channel(s, { type: 'AgentReady', busy: false });
    },
  },
  'after-call-work-left': {
    about: 'The agent leaves after-call work before its time, at the second try.',
    world: QUEUED,
    play: (s) => {
      wrappingUp(s);
      asks(s, { type: 'MakeReady', target: s.channel() });
      s.refuse('MakeReady', 'Not now.');
      gets(s, { type: 'MakeReady', target: s.channel() });
      channel(s, { type: 'AgentReady', busy: false });
    },
  },
  'after-call-work-refused': {
    about: 'The switch does not let the agent into after-call work.',
    world: QUEUED,
    play: (s) => {
      start(s);
      accepts(s, 'one');
      ends(s);
      s.refuse('MakeNotReady', 'Not now.');
    },
  },
};
