import { type SwitchWorld } from '@cordboard/testing/scenario';
import { type Script } from '../history.ts';
import { accepts, alone, channel, completed, gets, startFull } from './parts.ts';

/** The same channel in a group. */
const GROUPED: SwitchWorld = {
  ...alone('CHAT'),
  alone: [],
  groups: [{ nativeId: 'desk', name: 'Desk' }],
  channels: { desk: [{ nativeId: 'solo', channelType: 'CHAT' }] },
};

/** Work without voice. */
export const MEDIA: Readonly<Record<string, Script>> = {
  chat: {
    about: 'Two chats side by side: the customer leaves both, one of them before it is accepted.',
    world: GROUPED,
    play: (s) => {
      startFull(s);
      accepts(s, 'one');
      s.offer('two');
      s.fact({ type: 'InteractionEnded', target: s.state().interactions[1]?.target ?? s.target });
      s.answerAll();
      gets(s, { type: 'SetDisposition', target: s.interaction(), disposition: 'sold' });
      s.fact({ type: 'InteractionEnded', target: s.interaction() });
      completed(s);
    },
  },
  mail: {
    about: 'A mail that is rejected, and one that is taken back, offered once more and completed elsewhere.',
    world: alone('EMAIL'),
    play: (s) => {
      startFull(s);
      s.offer('one');
      gets(s, { type: 'RejectInteraction', target: s.interaction() });
      s.offer('two');
      s.fact({ type: 'InteractionStarted', target: s.interaction() });
      s.fact({ type: 'InteractionAlerting', target: s.interaction() });
      s.fact({ type: 'InteractionStarted', target: s.interaction() });
      s.fact({ type: 'InteractionCompleted', target: s.interaction() });
      s.answerAll();
    },
  },
  callback: {
    about: 'A callback that is accepted and completed while the agent is busy.',
    world: alone('CALLBACK'),
    play: (s) => {
      startFull(s);
      accepts(s, 'one');
      channel(s, { type: 'AgentReady', busy: true });
      completed(s);
      channel(s, { type: 'AgentReady', busy: false });
    },
  },
};
