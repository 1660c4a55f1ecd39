import { sessionDecider, type SessionEvent, type SessionInput } from '@cordboard/domain';
import { type SessionScenario, sessionScenario, type SwitchWorld } from '@cordboard/testing/scenario';
import { isPassing, type StoredShape, toRecord } from '@cordboard/translation';

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

/** Plays a script against the domain as it is now; inputs that leave nothing in the log leave no step. */
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
      const stored = events.filter((event) => !isPassing(event));
      if (stored.length > 0) steps.push({ input: inWords(input), rows: stored.map(rowOf) });
    }),
  );
  return json({ about, steps, final: state });
};

const ID = /019b76da-a([0-9a-f]{3})-7000-8000-0{0,11}([0-9a-f]{1,12})/g;
const SHORT_ID = /<([0-9a-f]{3})\.([0-9a-f]{1,12})>/g;

/** Ids are most of what a row is made of; in files those of scripts stand as `<801.0>`, to be read and to be small. */
const shortenIds = (text: string): string => text.replaceAll(ID, '<$1.$2>');

/** The text of a file with ids as they stood in the log. */
export const restoreIds = (text: string): string =>
  text.replaceAll(
    SHORT_ID,
    (_, time: string, own: string) => `019b76da-a${time}-7000-8000-${own.padStart(12, '0')}`,
  );

const lines = (items: readonly string[], indent: string): string =>
  `\n${indent}${items.join(`,\n${indent}`)}`;

/** One field of the state a line, lists by their members. */
const formatField = ([key, value]: readonly [string, unknown]): string => {
  const list = Array.isArray(value) && value.length > 0;
  const text = list
    ? `[${lines(
        value.map((one) => JSON.stringify(one)),
        '      ',
      )}\n    ]`
    : JSON.stringify(value);
  return `${JSON.stringify(key)}: ${text}`;
};

const formatStep = ({ input, rows }: Step): string => {
  const texts = rows.map((row) => JSON.stringify(row));
  return `{ "input": ${JSON.stringify(input)}, "rows": [${lines(texts, '      ')}\n    ] }`;
};

/** One row a line, so that people can read and compare them. */
export const formatHistory = ({ about, steps, final }: History): string =>
  shortenIds(`{
  "about": ${JSON.stringify(about)},
  "steps": [${lines(steps.map(formatStep), '    ')}
  ],
  "final": {${lines(Object.entries(final as object).map(formatField), '    ')}
  }
}
`);
