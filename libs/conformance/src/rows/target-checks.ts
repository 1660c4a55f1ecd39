import { CATALOGUE, type WrittenCommand } from '@cordboard/agent-protocol/catalogue';
import { type Json, type JsonObject } from '@cordboard/kernel';
import { checkFailure } from '../check/response.ts';
import { type Stage } from '../desk/stage.ts';
import { type Check, type CheckGroup } from './row.ts';

/** A target that a server has to refuse; undefined leaves the key out. */
interface WrongTarget {
  readonly why: string;
  readonly codes: readonly string[];
  readonly of: (session: string, segments: number, stage: Stage) => Json | undefined;
}

const path = (session: string, below: readonly string[]): string => [session, ...below].join('.');
const nowhere = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `nowhere-${index + 1}`);

/** The other agent's session may end meanwhile. */
const FOREIGN = ['FORBIDDEN', 'UNKNOWN_TARGET', 'SESSION_CLOSED'];

const WRONG: readonly WrongTarget[] = [
  { why: 'no target', codes: ['MALFORMED_REQUEST'], of: () => undefined },
  { why: 'an empty target', codes: ['MALFORMED_REQUEST'], of: () => '' },
  { why: 'a number as target', codes: ['MALFORMED_REQUEST'], of: () => 7 },
  { why: 'a list as target', codes: ['MALFORMED_REQUEST'], of: (session) => [session] },
  {
    why: 'a target with too many segments',
    codes: ['INVALID_TARGET'],
    of: (session) => path(session, nowhere(5)),
  },
  {
    why: 'a target that ends with a dot',
    codes: ['INVALID_TARGET'],
    of: (session, segments) => `${path(session, nowhere(segments - 1))}.`,
  },
  {
    why: 'a target with blanks around it',
    codes: ['INVALID_TARGET'],
    of: (session, segments) => ` ${path(session, nowhere(segments - 1))} `,
  },
  {
    why: 'a target whose session is no session id',
    codes: ['INVALID_TARGET'],
    of: (_session, segments) => path('nobody', nowhere(segments - 1)),
  },
  {
    why: "another agent's session",
    codes: FOREIGN,
    of: (_session, segments, stage) => path(stage.foreign(), nowhere(segments - 1)),
  },
];

/** Those that a target of one segment alone cannot show. */
const WRONG_BELOW: readonly WrongTarget[] = [
  { why: 'a target with too few segments', codes: ['INVALID_TARGET'], of: (session) => session },
  {
    why: 'a target with an empty segment',
    codes: ['INVALID_TARGET'],
    of: (session, segments) => path(session, ['', ...nowhere(segments - 2)]),
  },
];

const unknown = (shape: string): WrongTarget => ({
  why: `an object that is not there, as ${shape}`,
  codes: ['UNKNOWN_TARGET'],
  of: (session) => path(session, nowhere(shape.split('.').length - 1)),
});

const wrongFor = ({ kind, targets }: WrittenCommand): readonly WrongTarget[] =>
  kind === 'session' ? WRONG : [...WRONG, ...WRONG_BELOW, ...targets.map(unknown)];

const check = (command: WrittenCommand, { why, codes, of }: WrongTarget): Check => ({
  row: command.name,
  check: `${codes.join(' or ')}: ${why}`,
  needsCaller: false,
  run: async (stage) => {
    const { socket, session } = await stage.started();
    const target = of(session, command.targets[0]?.split('.').length ?? 1, stage);
    const request: JsonObject = {
      command: command.name,
      requestId: socket.nextId(),
      ...(target === undefined ? {} : { target }),
      data: command.example,
    };
    const answer = await socket.send(request);
    // Only text can be repeated in `target`; what else was sent stands in `original`.
    const repeated = typeof target === 'string' ? answer : { ...answer, target };
    checkFailure(target === undefined ? answer : repeated, request, ...codes);
  },
});

/** Every command with every wrong shape of its target. */
export const targetChecks = (): readonly CheckGroup[] =>
  CATALOGUE.commands.map((command) => ({
    name: `targets of ${command.name}`,
    checks: wrongFor(command).map((wrong) => check(command, wrong)),
  }));
