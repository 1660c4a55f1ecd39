import { CATALOGUE, type WrittenCommand } from '@cordboard/agent-protocol/catalogue';
import { type JsonObject } from '@cordboard/kernel';
import { insist } from '../check/mismatch.ts';
import { checkFailure } from '../check/response.ts';
import { type Desk } from '../desk/desk.ts';
import { type Frame, isEvent } from '../wire/frame.ts';
import { type Check, type CheckGroup } from './row.ts';

const requestTo = (desk: Desk, { name, targets, example }: WrittenCommand): JsonObject => {
  const below = Array.from({ length: (targets[0]?.split('.').length ?? 1) - 1 }, () => 'x');
  return {
    command: name,
    requestId: desk.socket.nextId(),
    target: [desk.session, ...below].join('.'),
    data: example,
  };
};

const early = (command: WrittenCommand): Check => ({
  row: command.name,
  check: 'SESSION_NOT_STARTED: before session.start',
  needsCaller: false,
  run: async (stage) => {
    const desk = await stage.unstarted();
    const request = requestTo(desk, command);
    checkFailure(await desk.socket.send(request), request, 'SESSION_NOT_STARTED');
  },
});

const ended = async (desk: Desk): Promise<void> => {
  await desk.must('session.request.logout', desk.session);
  const from = desk.mark;
  const requests = CATALOGUE.commands.map((command) => requestTo(desk, command));
  const answers: readonly Frame[] = await Promise.all(requests.map((request) => desk.socket.send(request)));
  answers.forEach((answer, index) => checkFailure(answer, requests[index] ?? {}, 'SESSION_CLOSED'));
  insist(!desk.socket.frames.slice(from).some(isEvent), 'no event after the logout', desk.events(from));
};

/** What is refused because of the life of the session alone. */
export const phaseChecks = (): readonly CheckGroup[] => [
  {
    name: 'before the start',
    checks: CATALOGUE.commands.filter(({ name }) => name !== 'session.start').map(early),
  },
  {
    name: 'after the logout',
    checks: [
      {
        row: 'session.request.logout',
        check: 'SESSION_CLOSED: every command after it, and no event',
        needsCaller: false,
        run: async (stage) => {
          await ended(await stage.started());
          await stage.leave();
        },
      },
    ],
  },
];
