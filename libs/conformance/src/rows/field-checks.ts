import {
  CATALOGUE,
  type WrittenCommand,
  type WrittenServiceCommand,
} from '@cordboard/agent-protocol/catalogue';
import { type Json, type JsonObject } from '@cordboard/kernel';
import { checkFailure } from '../check/response.ts';
import { type Stage } from '../desk/stage.ts';
import { type Check, type CheckGroup } from './row.ts';
import { wrongData } from './wrong-data.ts';

const segmentsOf = (command: WrittenCommand): number => command.targets[0]?.split('.').length ?? 1;

const send = async (stage: Stage, request: JsonObject): Promise<void> => {
  const { socket } = await stage.started();
  const sent = { ...request, requestId: socket.nextId() };
  checkFailure(await socket.send(sent), sent, 'INVALID_DATA');
};

/** A well-formed target: data is looked at before what the target names. */
const targetOf = (stage: Stage, segments: number): string =>
  [stage.desk.session, ...Array.from({ length: segments - 1 }, () => 'x')].join('.');

const NO_OBJECT: readonly (readonly [why: string, data: Json])[] = [
  ['text', 'text'],
  ['a number', 7],
  ['a list', []],
  ['a boolean', true],
];

const LONGEST_TITLE = 120;

const check = (row: string, why: string, run: Check['run']): Check => ({
  row,
  check: `INVALID_DATA: ${why}`.slice(0, LONGEST_TITLE),
  needsCaller: false,
  run,
});

const ofCommand = (command: WrittenCommand): CheckGroup => {
  const { name, example, data: fields } = command;
  const wrong = [
    ...NO_OBJECT.map(([why, data]) => ({ why: `data is ${why}`, data })),
    ...wrongData(example, fields),
  ];
  const run =
    (data: Json): Check['run'] =>
    async (stage) => {
      await stage.started();
      await send(stage, { command: name, target: targetOf(stage, segmentsOf(command)), data });
    };
  return { name: `data of ${name}`, checks: wrong.map(({ why, data }) => check(name, why, run(data))) };
};

const ofService = ({ name, target, example, data: fields }: WrittenServiceCommand): CheckGroup => ({
  name: `data of ${name}`,
  checks: wrongData(example, fields).map(({ why, data }) =>
    check(name, why, async (stage) => {
      const { session } = await stage.started();
      await send(stage, { command: name, ...(target === 'session' ? { target: session } : {}), data });
    }),
  ),
});

/** Every command with each of its fields missing, of a wrong type and too long. */
export const fieldChecks = (): readonly CheckGroup[] => [
  ...CATALOGUE.commands.map(ofCommand),
  ...CATALOGUE.serviceCommands.map(ofService),
];
