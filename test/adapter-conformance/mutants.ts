import { type Level } from '@cordboard/conformance';
import { answerFailure, answerSuccess, type CtiMessage } from '@cordboard/cti-protocol';
import { answering, eventAt, instead, type Mutant, mutate } from './mutate.ts';

interface Case {
  readonly fault: string;
  readonly mutant: Mutant;
  readonly level: Level;
  /** The checks and rules that name the fault. */
  readonly named: readonly string[];
}

const succeeded = ({ header }: CtiMessage): boolean => header.result === 'SUCCESS';
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const withBody = (message: CtiMessage, body: CtiMessage['body']): CtiMessage => ({ ...message, body });

const without = (message: CtiMessage, key: string): CtiMessage => {
  const { [key]: _left, ...body } = message.body;
  return withBody(message, body);
};

const disposesKnownAlone = (): Mutant => {
  const known = new Set<string>();
  return mutate({
    ask: (question, answer, next) => {
      const { name, target } = question.header;
      const gone = name.endsWith('.request.dispose') && !known.delete(target);
      if (gone) return answer(answerFailure(question, 'unknown target'));
      next(question, (said) => {
        if (typeof question.body['id'] === 'string' && succeeded(said)) {
          const own =
            name === 'cti.request.createsession' ? question.body['id'] : `${target}.${question.body['id']}`;
          known.add(own);
        }
        answer(said);
      });
    },
  });
};

const holdsTwice = (): Mutant => {
  const held = new Set<string>();
  return mutate({
    ask: (question, answer, next, emit) => {
      const { name, target } = question.header;
      const again = name === 'conversation.request.hold' && held.has(target);
      next(question, answer);
      if (again) emit(eventAt('conversation.held', target));
    },
    event: (event, emit) => {
      const { name, target } = event.header;
      if (name === 'conversation.held') held.add(target);
      if (name === 'conversation.talking') held.delete(target);
      emit(event);
    },
  });
};

const acceptsOnUnsupported = (): Mutant => {
  const odd = new Set<string>();
  return mutate({
    ask: (question, answer, next) => {
      const { name, target } = question.header;
      if (odd.has(target) && name === 'channel.request.activate') return answer(answerSuccess(question));
      if (question.body['type'] === 'FAX') odd.add(`${target}.${textOf(question.body['id'])}`);
      next(question, answer);
    },
  });
};

const SWAPPED: Readonly<Record<string, string>> = {
  'conversation.held': 'conversation.talking',
  'conversation.talking': 'conversation.held',
};

const swapsWrongLeg = (): Mutant => {
  let left = 0;
  return mutate({
    ask: (question, answer, next) => {
      if (question.header.name === 'interaction.request.alternate') left = 2;
      next(question, answer);
    },
    event: (event, emit) => {
      const name = left > 0 ? SWAPPED[event.header.name] : undefined;
      if (name === undefined) return emit(event);
      left -= 1;
      emit({ ...event, header: { ...event.header, name } });
    },
  });
};

const forgetsCalls = (): Mutant => {
  const created = new Set<unknown>();
  const again = new Set<unknown>();
  return mutate({
    ask: (question, answer, next) => {
      const { name, target } = question.header;
      const { id } = question.body;
      if (name === 'cti.request.createsession') (created.has(id) ? again : created).add(id);
      const forgets = name === 'channel.query.init' && again.has(target.split('.')[0]);
      next(question, forgets ? (said) => answer(withBody(said, { ...said.body, interactions: [] })) : answer);
    },
  });
};

const offersTwice = instead('channel.request.createinteraction', (question, answer, next, emit) =>
  next(question, (said) => {
    answer(said);
    emit(
      eventAt('channel.interaction', question.header.target, { nativeid: question.body['nativeid'] ?? '' }),
    );
  }),
);

const hangsUpOnDispose = instead('conversation.request.dispose', (question, answer, next) => {
  const release = { ...question.header, name: 'conversation.request.release', requestId: 'own-release' };
  next({ header: release, body: {} }, () => next(question, answer));
});

const eventBefore = (query: string, event: string): Mutant =>
  instead(query, (question, answer, next, emit) => {
    emit(eventAt(event, question.header.target));
    next(question, answer);
  });

const claimsNoMute = answering('cti.query.capabilities', (said) =>
  withBody(said, { ...said.body, 'mute-supported': false }),
);

const withoutNumber = mutate({
  event: (event, emit) =>
    emit(event.header.name === 'conversation.partyadded' ? without(event, 'number') : event),
});

const neverStarts = mutate({
  event: (event, emit) => {
    if (event.header.name !== 'conversation.started') emit(event);
  },
});

const headerOf =
  (change: Partial<CtiMessage['header']>) =>
  (message: CtiMessage): CtiMessage => ({ ...message, header: { ...message.header, ...change } });

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
    fault: 'a reconnect forgets the calls',
    mutant: forgetsCalls(),
    level: 'recovery',
    named: ['D.15', 'D.15-call'],
  },
];
