import { answerFailure, answerSuccess, type CtiMessage } from '@cordboard/cti-protocol';
import { answering, eventAt, instead, type Mutant, mutate } from './mutate.ts';

export const succeeded = ({ header }: CtiMessage): boolean => header.result === 'SUCCESS';
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const withBody = (message: CtiMessage, body: CtiMessage['body']): CtiMessage => ({ ...message, body });

export const without = (message: CtiMessage, key: string): CtiMessage => {
  const { [key]: _left, ...body } = message.body;
  return withBody(message, body);
};

export const disposesKnownAlone = (): Mutant => {
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

export const holdsTwice = (): Mutant => {
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

export const acceptsOnUnsupported = (): Mutant => {
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

export const swapsWrongLeg = (): Mutant => {
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

export const forgetsCalls = (): Mutant => {
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

export const offersTwice = instead('channel.request.createinteraction', (question, answer, next, emit) =>
  next(question, (said) => {
    answer(said);
    emit(
      eventAt('channel.interaction', question.header.target, { nativeid: question.body['nativeid'] ?? '' }),
    );
  }),
);

export const hangsUpOnDispose = instead('conversation.request.dispose', (question, answer, next) => {
  const release = { ...question.header, name: 'conversation.request.release', requestId: 'own-release' };
  next({ header: release, body: {} }, () => next(question, answer));
});

export const eventBefore = (query: string, event: string): Mutant =>
  instead(query, (question, answer, next, emit) => {
    emit(eventAt(event, question.header.target));
    next(question, answer);
  });

/** Says of legs that nobody has read what it says of others. */
export const talksOfUnread = (): Mutant => {
  const unread = new Set<string>();
  return mutate({
    ask: (question, answer, next) => {
      const { name, target } = question.header;
      if (name === 'interaction.request.createconversation')
        unread.add(`${target}.${textOf(question.body['id'])}`);
      if (name === 'conversation.query.init') unread.delete(target);
      next(question, answer);
    },
    event: (event, emit) => {
      emit(event);
      if (event.header.name !== 'conversation.talking') return;
      for (const leg of unread) emit(eventAt('conversation.talking', leg));
    },
  });
};

/** After `createsession` again so many alternates are answered, and not carried out. */
export const idleAlternates = (count: number): Mutant => {
  const created = new Set<unknown>();
  let left = 0;
  return mutate({
    ask: (question, answer, next) => {
      const { name } = question.header;
      const { id } = question.body;
      if (name === 'cti.request.createsession') {
        if (created.has(id)) left = count;
        created.add(id);
      }
      if (name !== 'interaction.request.alternate' || left === 0) return next(question, answer);
      left -= 1;
      answer(answerSuccess(question));
    },
  });
};

export const numbersForIds = mutate({
  event: (event, emit) =>
    emit(event.header.name === 'channel.interaction' ? withBody(event, { nativeid: 17 }) : event),
});

export const claimsNoMute = answering('cti.query.capabilities', (said) =>
  withBody(said, { ...said.body, 'mute-supported': false }),
);

export const withoutNumber = mutate({
  event: (event, emit) =>
    emit(event.header.name === 'conversation.partyadded' ? without(event, 'number') : event),
});

export const neverStarts = mutate({
  event: (event, emit) => {
    if (event.header.name !== 'conversation.started') emit(event);
  },
});

export const headerOf =
  (change: Partial<CtiMessage['header']>) =>
  (message: CtiMessage): CtiMessage => ({ ...message, header: { ...message.header, ...change } });
