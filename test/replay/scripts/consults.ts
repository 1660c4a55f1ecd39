import { type SessionScenario } from '@cordboard/testing/scenario';
import { type Script } from '../history.ts';
import { asks, completed, FOUND, gets, INBOUND, leg, onLeg, SECOND, talking } from './parts.ts';

/** As long as an event of the second leg waits for one of the first. */
const HOLD_BACK_MS = 2_000;

const consult = (s: SessionScenario): void =>
  asks(s, { type: 'Consult', target: s.interaction(), destination: SECOND });

/** Both legs are up, the agent talks to the second. */
const consulting = (s: SessionScenario): void => {
  consult(s);
  s.answerAll();
  leg(s, { type: 'ConversationHeld' });
  leg(s, { type: 'ConversationTalking' }, 1);
};

const over = (s: SessionScenario): void => {
  leg(s, { type: 'ConversationEnded' });
  completed(s);
};

/** What is done with a caller and somebody who is asked about them. */
export const CONSULTS: Readonly<Record<string, Script>> = {
  'consult-transfer': {
    about: 'A consult, to the caller and back, then the transfer; the switch reports the second leg first.',
    world: INBOUND,
    play: (s) => {
      talking(s);
      consulting(s);
      gets(s, { type: 'Alternate', target: s.interaction() });
      leg(s, { type: 'ConversationHeld' }, 1);
      leg(s, { type: 'ConversationTalking' });
      gets(s, { type: 'Alternate', target: s.interaction() });
      leg(s, { type: 'ConversationHeld' });
      leg(s, { type: 'ConversationTalking' }, 1);
      gets(s, { type: 'ConsultTransfer', target: s.interaction() });
      leg(s, { type: 'ConversationEnded' }, 1);
      over(s);
    },
  },
  'consult-conference': {
    about: 'A consult that becomes a conference, which one party is taken out of.',
    world: FOUND,
    play: (s) => {
      s.start();
      consulting(s);
      gets(s, { type: 'ConsultConference', target: s.interaction() });
      leg(s, { type: 'PartyAdded', number: SECOND });
      leg(s, { type: 'ConversationTalking' });
      leg(s, { type: 'ConversationEnded' }, 1);
      gets(s, { type: 'RemoveParty', target: s.conversation(), number: SECOND });
      leg(s, { type: 'PartyRemoved', number: SECOND });
      onLeg(s, 'ReleaseConversation');
      over(s);
    },
  },
  'consult-waited-for': {
    about:
      'The first leg is not held in time: the second is shown anyway. An alternate that is not followed.',
    world: FOUND,
    play: (s) => {
      s.start();
      consult(s);
      s.answerAll();
      s.after(HOLD_BACK_MS);
      leg(s, { type: 'ConversationHeld' });
      leg(s, { type: 'ConversationTalking' }, 1);
      gets(s, { type: 'Alternate', target: s.interaction() });
      leg(s, { type: 'ConversationTalking' });
      s.after(HOLD_BACK_MS);
      gets(s, { type: 'ConsultTransfer', target: s.interaction() });
      leg(s, { type: 'ConversationEnded' });
      s.after(HOLD_BACK_MS);
      over(s);
    },
  },
  'consult-refused': {
    about: 'A consult that the switch refuses, one whose leg it never names, and one that is busy.',
    world: FOUND,
    play: (s) => {
      s.start();
      onLeg(s, 'HoldConversation');
      leg(s, { type: 'ConversationHeld' });
      consult(s);
      s.refuse('Consult', 'No line.');
      s.world({ consult: null });
      consult(s);
      s.answerAll();
      s.after(HOLD_BACK_MS);
      s.world({ consult: 'second' });
      consult(s);
      s.answerAll();
      leg(s, { type: 'ConversationBusy' }, 1);
    },
  },
  'consult-outside': {
    about: 'A consult begun on the phone that fails; the next one begins before the last leg is gone.',
    world: FOUND,
    play: (s) => {
      s.start();
      leg(s, { type: 'ConversationHeld' });
      s.fact({ type: 'ConsultOffered', target: s.interaction(), nativeId: 'second' });
      s.answerAll();
      s.fact({ type: 'ConversationFailed', target: s.conversation(1), reason: 'No line.' });
      s.world({
        conversation: {
          third: { state: 'TALKING', members: [{ number: SECOND }] },
        },
      });
      s.fact({ type: 'ConsultOffered', target: s.interaction(), nativeId: 'third' });
      s.answerAll();
      leg(s, { type: 'ConversationEnded' });
      over(s);
    },
  },
};
