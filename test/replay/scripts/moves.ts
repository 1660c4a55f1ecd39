import { type SessionScenario } from '@cordboard/testing/scenario';
import { type Script } from '../history.ts';
import { asks, CALLER, FOUND, gets, leg, NAME, onLeg, SECOND, startFull } from './parts.ts';

const transfer = (s: SessionScenario): void =>
  gets(s, { type: 'BlindTransfer', target: s.conversation(), destination: SECOND });

const conference = (s: SessionScenario): void =>
  gets(s, { type: 'BlindConference', target: s.conversation(), destination: SECOND });

/** What is done with a call without a second leg. */
export const MOVES: Readonly<Record<string, Script>> = {
  'blind-transfer': {
    about: 'A blind transfer that fails, and one that takes the agent off the call.',
    world: FOUND,
    play: (s) => {
      s.start();
      transfer(s);
      leg(s, { type: 'ConversationHeld' });
      leg(s, { type: 'TransferFailed', reason: `${SECOND} does not answer.` });
      leg(s, { type: 'ConversationTalking' });
      transfer(s);
      leg(s, { type: 'ConversationEnded' });
    },
  },
  'blind-conference': {
    about: 'A blind conference that fails, one that is joined and left, and a party that is not there.',
    world: FOUND,
    play: (s) => {
      s.start();
      conference(s);
      leg(s, { type: 'ConferenceFailed', reason: `${SECOND} is busy.` });
      conference(s);
      leg(s, { type: 'PartyAdded', number: SECOND });
      leg(s, { type: 'PartyAdded', number: SECOND, name: NAME });
      leg(s, { type: 'PartyRemoved', number: SECOND });
      asks(s, { type: 'RemoveParty', target: s.conversation(), number: SECOND });
      s.refuse('RemoveParty', 'No such party.');
      onLeg(s, 'ReleaseConversation');
      leg(s, { type: 'ConversationEnded' });
    },
  },
  'work-on-a-call': {
    about: 'Muted, tones, attached data, a signal to the script and what became of it.',
    world: FOUND,
    play: (s) => {
      startFull(s);
      gets(s, { type: 'MuteConversation', target: s.conversation() });
      leg(s, { type: 'ConversationMuted' });
      gets(s, { type: 'UnmuteConversation', target: s.conversation() });
      leg(s, { type: 'ConversationTalking' });
      gets(s, { type: 'SendDtmf', target: s.conversation(), digits: CALLER.slice(1) });
      const set = { type: 'SetInteractionData', target: s.interaction() } as const;
      gets(s, { ...set, key: 'note', value: `Ask ${NAME}` });
      gets(s, { ...set, key: 'order', value: { id: '8', by: CALLER } });
      const changes = { note: `Ask ${NAME}`, order: { id: '8', by: CALLER } };
      s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes });
      gets(s, { type: 'SendSignal', target: s.interaction(), parameters: { p1: CALLER, p20: 'last' } });
      gets(s, { type: 'SetDisposition', target: s.interaction(), disposition: 'sold' });
      asks(s, { type: 'SetDisposition', target: s.interaction(), disposition: 'lost' });
      s.refuse('SetDisposition', 'No dispositions.');
    },
  },
};
