import { sessionDecider, type SessionEvent, type SessionInput } from '@cordboard/domain';
import { type SessionScenario, sessionScenario, type SwitchWorld } from '@cordboard/testing/scenario';
import { type StoredShape, toRecord } from '@cordboard/translation';

/** What one input led to: the rows that it left in the log, personal fields in place. */
interface Step {
  /** The input in a few words, for readers. */
  readonly input: string;
  readonly rows: readonly StoredShape[];
}

/** A stream as a release wrote it, and the state that this release folded it to. */
export interface History {
  readonly about: string;
  readonly steps: readonly Step[];
  readonly final: unknown;
}

/** How a history comes about: a switch, and what happens to one session on it. */
export interface Script {
  readonly about: string;
  readonly world?: SwitchWorld;
  readonly play: (session: SessionScenario) => void;
}

const inWords = (input: SessionInput): string => {
  switch (input.kind) {
    case 'command':
      return `command ${input.command.type}`;
    case 'fact':
      return `fact ${input.fact.type}`;
    case 'answer':
      return `answer ${input.answer.ok ? input.answer.reading.of : input.answer.cause}`;
    default:
      return input.kind;
  }
};

const json = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** Plays a script against the domain as it is now; inputs that change nothing leave no step. */
export const record = ({ about, world, play }: Script): History => {
  const steps: Step[] = [];
  let state = sessionDecider.initialState;
  const rowOf = (event: SessionEvent): StoredShape => {
    state = sessionDecider.evolve(state, event);
    const { type, version, target, name, data } = toRecord(event, state);
    return { type, version, target, name, data };
  };
  play(
    sessionScenario(world, (input, events) => {
      if (events.length > 0) steps.push({ input: inWords(input), rows: events.map(rowOf) });
    }),
  );
  return json({ about, steps, final: state });
};

/** One row a line, so that people can read and compare them. */
export const formatHistory = ({ about, steps, final }: History): string => {
  const step = ({ input, rows }: Step): string =>
    `    { "input": ${JSON.stringify(input)}, "rows": [\n${rows
      .map((row) => `      ${JSON.stringify(row)}`)
      .join(',\n')}\n    ] }`;
  return `{
  "about": ${JSON.stringify(about)},
  "steps": [
${steps.map(step).join(',\n')}
  ],
  "final": ${JSON.stringify(final, null, 2).replaceAll('\n', '\n  ')}
}
`;
};
