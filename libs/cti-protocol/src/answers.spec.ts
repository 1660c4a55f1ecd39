import { answerFailure, answersTo, answerSuccess } from './answers.ts';
import { capability, CAPABILITY_KEYS } from './capabilities.ts';
import { controlProcessor, controlTarget } from './control-target.ts';
import { type CtiHeader, type CtiMessage } from './message.ts';

const ask = (name: string): CtiMessage => ({
  header: { type: 'cti.request', name, target: 's.g', requestId: 'r1' },
  body: { id: 'x' },
});

describe('answers', () => {
  it('repeat name, target and id of their question', () => {
    const question = ask('channelgroup.request.dispose');
    const header = {
      type: 'cti.response',
      name: 'channelgroup.request.dispose',
      target: 's.g',
      requestId: 'r1',
    };
    expect(answerSuccess(question)).toEqual({ header: { ...header, result: 'SUCCESS' }, body: {} });
    expect(answerSuccess(question, { a: 1 }).body).toEqual({ a: 1 });
    expect(answerFailure(question, 'No.')).toEqual({
      header: { ...header, result: 'FAILURE', errorMessage: 'No.' },
      body: {},
    });
  });

  it.each([
    ['interaction.request.consulttransfer', 'interaction.request.consulttransfer', true],
    ['interaction.request.consulttransfer', 'interaction.request.reject', true],
    ['conversation.request.removeparty', 'conversation.request.release', true],
    ['conversation.request.release', 'conversation.request.removeparty', false],
    ['interaction.request.reject', 'interaction.request.accept', false],
  ])('to %s may be named %s: %s', (asked, answered, fits) => {
    const answer = { ...answerSuccess(ask(asked)).header, name: answered };
    expect(answersTo(ask(asked).header, answer)).toBe(fits);
  });

  it.each<Partial<CtiHeader>>([{ requestId: 'r2' }, { target: 's' }, { type: 'cti.event' }])(
    'belong to another question by %j',
    (over) => {
      const question = ask('channelgroup.request.dispose');
      expect(answersTo(question.header, { ...answerSuccess(question).header, ...over })).toBe(false);
    },
  );
});

describe('capabilities', () => {
  it('mean what the catalogue says where they are absent or ill-typed', () => {
    const absent = CAPABILITY_KEYS.filter((key) => !capability({}, key));
    expect(CAPABILITY_KEYS).toHaveLength(25);
    expect(absent).toEqual([
      'standalone-channels-supported',
      'logout-reason-required',
      'directory-supported',
      'notreadyreasons-supported',
      'logoutreasons-supported',
      'addressbook-supported',
      'dispositions-supported',
      'scripts-supported',
      'outboundskills-supported',
      'agentleg-supported',
      'signal-supported',
      'dial-extensions-supported',
      'queue-statistics-supported',
    ]);
    expect(CAPABILITY_KEYS.filter((key) => !capability({ [key]: 'false' }, key))).toEqual(absent);
  });

  it('mean what the adapter says', () => {
    for (const key of CAPABILITY_KEYS) {
      expect(capability({ [key]: true }, key)).toBe(true);
      expect(capability({ [key]: false }, key)).toBe(false);
    }
  });
});

it('the control target belongs to one processor', () => {
  expect(controlTarget('sim')).toBe('sim.CONTROL');
  expect(controlProcessor('sim.CONTROL')).toBe('sim');
  for (const other of ['CONTROL', '.CONTROL', 'a.b.CONTROL', 'sim.control', 'sim']) {
    expect(controlProcessor(other)).toBeNull();
  }
});
