import { type Level } from '@cordboard/conformance';
import { answerSuccess } from '@cordboard/cti-protocol';
import {
  acceptsOnUnsupported,
  claimsNoMute,
  disposesKnownAlone,
  eventBefore,
  forgetsCalls,
  hangsUpOnDispose,
  headerOf,
  holdsTwice,
  idleAlternates,
  neverStarts,
  numbersForIds,
  offersTwice,
  succeeded,
  swapsWrongLeg,
  talksOfUnread,
  textOf,
  withBody,
  without,
  withoutNumber,
} from './faults.ts';
import { answering, eventAt, instead, type Mutant } from './mutate.ts';

interface Case {
  readonly fault: string;
  readonly mutant: Mutant;
  readonly level: Level;
  /** The checks and rules that name the fault. */
  readonly named: readonly string[];
}

/** Adapters that are broken in one way each, and the checks that have to say so. */
export const MUTANTS: readonly Case[] = [
  {
    fault: 'no answer to one request',
    mutant: instead('conversation.request.mute', () => undefined),
    level: 'basic',
    named: ['A8-1', 'T-15-mute'],
  },
  {
    fault: 'two answers to one query',
    mutant: instead('channel.query.init', (question, answer, next) =>
      next(question, (said) => {
        answer(said);
        answer(said);
      }),
    ),
    level: 'basic',
    named: ['A8-1'],
  },
  {
    fault: 'the wrong requestId',
    mutant: answering('channel.request.ready', headerOf({ requestId: 'mine' })),
    level: 'basic',
    named: ['A.3-id', 'CHN-R03'],
  },
  {
    fault: 'the wrong target',
    mutant: answering('channel.request.ready', headerOf({ target: 'mine' })),
    level: 'basic',
    named: ['A.3-echo'],
  },
  {
    fault: 'a refusal without words',
    mutant: answering('cti.query.validateagent', (said) =>
      succeeded(said) ? said : headerOf({ errorMessage: '' })(said),
    ),
    level: 'basic',
    named: ['A.3-result'],
  },
  {
    fault: 'the status event before the status answer',
    mutant: instead('cti.request.status', (question, answer, next, emit) => {
      emit(eventAt('cti.status', question.header.target, { status: 'STARTED' }));
      next(question, answer);
    }),
    level: 'basic',
    named: ['T-07'],
  },
  {
    fault: 'an event before the init answer',
    mutant: eventBefore('conversation.query.init', 'conversation.ringing'),
    level: 'basic',
    named: ['A7-1'],
  },
  {
    fault: 'an event after the disposal',
    mutant: instead('conversation.request.dispose', (question, answer, next, emit) =>
      next(question, (said) => {
        answer(said);
        emit(eventAt('conversation.ended', question.header.target));
      }),
    ),
    level: 'basic',
    named: ['A7-9'],
  },
  {
    fault: 'disposal of an unknown target refused',
    mutant: disposesKnownAlone(),
    level: 'basic',
    named: ['A8-5-disposals'],
  },
  { fault: 'disposal hangs the call up', mutant: hangsUpOnDispose, level: 'basic', named: ['T-17'] },
  { fault: 'hold in HELD acts', mutant: holdsTwice(), level: 'basic', named: ['T-15-hold'] },
  {
    fault: 'senddtmf answered at once',
    mutant: instead('conversation.request.senddtmf', (question, answer, next) => {
      answer(answerSuccess(question));
      next(question, () => undefined);
    }),
    level: 'basic',
    named: ['T-16', 'T-16-letters'],
  },
  {
    fault: 'letters taken for tones',
    mutant: instead('conversation.request.senddtmf', (question, answer, next) =>
      next(
        /[^0-9*#]/.test(textOf(question.body['digits'])) ? withBody(question, { digits: '1' }) : question,
        answer,
      ),
    ),
    level: 'basic',
    named: ['T-16-letters'],
  },
  {
    fault: 'an unsupported channel obeys',
    mutant: acceptsOnUnsupported(),
    level: 'multimedia',
    named: ['T-25'],
  },
  { fault: 'alternate swaps the wrong leg', mutant: swapsWrongLeg(), level: 'consult', named: ['T-20'] },
  {
    fault: 'consult does not name its leg',
    mutant: answering('interaction.request.consult', (said) => without(said, 'nativeid')),
    level: 'consult',
    named: ['D.7'],
  },
  {
    fault: 'an init answer without conversations',
    mutant: answering('interaction.query.init', (said) => without(said, 'conversations')),
    level: 'basic',
    named: ['V-1', 'V-2'],
  },
  {
    fault: 'a conversation without parties',
    mutant: answering('conversation.query.init', (said) => withBody(said, { ...said.body, parties: [] })),
    level: 'basic',
    named: ['V-8'],
  },
  { fault: 'partyadded without a number', mutant: withoutNumber, level: 'basic', named: ['C-body'] },
  {
    fault: 'talking without having started',
    mutant: neverStarts,
    level: 'basic',
    named: ['A7-8', 'D.5-D.6'],
  },
  { fault: 'a native id announced twice', mutant: offersTwice, level: 'basic', named: ['A.6'] },
  {
    fault: 'a capability that is false is done all the same',
    mutant: claimsNoMute,
    level: 'basic',
    named: ['B.1.1-false', 'T-15-mute'],
  },
  {
    fault: 'an unknown request succeeds',
    mutant: instead('channel.request.levitate', (question, answer) => answer(answerSuccess(question))),
    level: 'basic',
    named: ['A8-4'],
  },
  {
    fault: 'what happens to a leg is told before it is read',
    mutant: talksOfUnread(),
    level: 'basic',
    named: ['A7-1', 'T-08'],
  },
  { fault: 'a native id is a number', mutant: numbersForIds, level: 'basic', named: ['C-body', 'D.5-D.6'] },
  {
    fault: 'alternate does nothing after a reconnect',
    mutant: idleAlternates(2),
    level: 'recovery',
    named: ['D.15'],
  },
  {
    fault: 'a reconnect forgets the calls',
    mutant: forgetsCalls(),
    level: 'recovery',
    named: ['D.15', 'D.15-call'],
  },
];
