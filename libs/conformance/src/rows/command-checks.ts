import { CATALOGUE, type WrittenCommand } from '@cordboard/agent-protocol/catalogue';
import { type JsonObject } from '@cordboard/kernel';
import { insistMatched, insistNothingElse, match, type Matched, type Places } from '../check/event-list.ts';
import { insist } from '../check/mismatch.ts';
import { checkFailure, checkSuccess } from '../check/response.ts';
import { type Stage } from '../desk/stage.ts';
import { type Frame, isEvent } from '../wire/frame.ts';
import {
  type Check,
  type CheckGroup,
  type CommandScript,
  dataFor,
  type Refusal,
  type Success,
} from './row.ts';

/** The written row of a command. */
export const written = (name: string): WrittenCommand => {
  const row = CATALOGUE.commands.find((command) => command.name === name);
  if (row === undefined) throw new Error(`${name} is not in the catalogue`);
  return row;
};

interface Asked {
  readonly request: JsonObject & { readonly requestId: string };
  readonly answer: Frame;
  readonly places: Places;
  /** Place of the first frame that may belong to it. */
  readonly from: number;
}

const ask = async (
  stage: Stage,
  spelling: string,
  script: CommandScript,
  one: Success | Refusal,
): Promise<Asked> => {
  const places = await one.given(stage);
  const { socket } = stage.desk;
  const from = socket.frames.length;
  const request = {
    command: spelling,
    requestId: socket.nextId(),
    target: places[one.to ?? script.to] ?? '',
    data: dataFor(one.data ?? script.data ?? written(script.command).example, places, stage),
  };
  return { request, answer: await socket.send(request), places, from };
};

/** Lists are looked for one after another, so that an object which one introduces is another in the next. */
const matchAll = (lists: Success['lists'], events: readonly Frame[], places: Places): readonly Matched[] => {
  let known = places;
  return lists.map((list) => {
    const matched = match(list, events, known);
    known = matched.places;
    return matched;
  });
};

const isWhole = (lists: Success['lists'], matched: readonly Matched[]): boolean =>
  matched.every(({ frames }, index) => frames.length === lists[index]?.length);

/** The answer stands before the events, or after them where the protocol says so. */
const checkOrder = (
  all: readonly Frame[],
  answer: Frame,
  matched: readonly Matched[],
  last: boolean,
): void => {
  const told = matched.flatMap(({ frames }) => frames).map((frame) => all.indexOf(frame));
  const place = all.indexOf(answer);
  insist(
    told.every((index) => (last ? index < place : index > place)),
    last ? 'the events before the answer' : 'the answer before its events',
    `the answer at ${place}, the events at ${told.join(', ')}`,
  );
};

/** Whatever is up may go on telling; only what comes until the next answer is looked at. */
const settled = async (stage: Stage, script: CommandScript): Promise<void> => {
  if (script.command !== 'session.request.logout') await stage.desk.quiet();
};

const trySuccess = async (
  stage: Stage,
  script: CommandScript,
  success: Success,
  spelling: string,
): Promise<void> => {
  const { request, answer, places, from } = await ask(stage, spelling, script, success);
  const { desk } = stage;
  checkSuccess(answer, request, written(script.command));
  const { lists, also = [] } = success;
  const found = (): readonly Matched[] => matchAll(lists, desk.events(from), places);
  await desk.until(() => isWhole(lists, found()), 'the events').catch(() => undefined);
  await settled(stage, script);
  const matched = found();
  lists.forEach((list, index) =>
    insistMatched(list, matched[index] ?? { frames: [], places }, desk.events(from)),
  );
  if (!also.includes('*')) insistNothingElse(desk.events(from), matched, also, places);
  checkOrder(desk.socket.frames, answer, matched, written(script.command).answersLast === true);
  if (spelling === script.command && success === script.successes[0]) {
    const shown = new Set<Frame>([answer, ...matched.flatMap(({ frames }) => frames)]);
    const frames = desk.socket.frames.slice(from).filter((frame) => shown.has(frame));
    const known = matched.at(-1)?.places ?? places;
    stage.exchanges.push({ command: script.command, agent: stage.agent, request, frames, places: known });
  }
  await success.then?.(stage, matched.at(-1)?.places ?? places, from);
};

const tryRefusal = async (stage: Stage, script: CommandScript, refusal: Refusal): Promise<void> => {
  const { request, answer, from } = await ask(stage, script.command, script, refusal);
  checkFailure(answer, request, refusal.code);
  await stage.desk.quiet();
  const about = stage.desk
    .events(from)
    .filter(isEvent)
    .find(({ target }) => target === request['target']);
  insist(about === undefined || refusal.toldAll === true, 'no event about what was refused', about);
};

const spellingsOf = ({ name, aliases }: WrittenCommand): readonly string[] => [
  name,
  ...aliases,
  `  ${name} `,
];

const nameOf = (spelling: string, command: string): string => {
  if (spelling === command) return 'success';
  return spelling.trim() === command ? 'blanks around the name' : `alias ${spelling}`;
};

/** Every check that a script tells: all spellings, the other successes, the refusals. */
export const commandChecks = (script: CommandScript): CheckGroup => {
  const { command, successes, refusals, needsCaller = false } = script;
  const [main, ...others] = successes;
  const check = (title: string, one: Success | Refusal, run: Check['run']): Check => ({
    row: command,
    check: title,
    needsCaller: needsCaller || one.needsCaller === true,
    run,
  });
  return {
    name: command,
    checks: [
      ...spellingsOf(written(command)).map((spelling) =>
        check(nameOf(spelling, command), main, (stage) => trySuccess(stage, script, main, spelling)),
      ),
      ...others.map((success) =>
        check(`success: ${success.why}`, success, (stage) => trySuccess(stage, script, success, command)),
      ),
      ...refusals.map((refusal) =>
        check(`${refusal.code}: ${refusal.why}`, refusal, (stage) => tryRefusal(stage, script, refusal)),
      ),
    ],
  };
};
