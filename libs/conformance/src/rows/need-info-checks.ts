import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { insist } from '../check/mismatch.ts';
import { checkNeedInfo, checkSuccess } from '../check/response.ts';
import { insistFits } from '../check/schemas.ts';
import { NUMBERS } from '../desk/stage.ts';
import { objectOf, textOf } from '../wire/frame.ts';
import { written } from './command-checks.ts';
import { type Check, type CheckGroup } from './row.ts';

const DIAL = 'channel.request.dial';

const { id = '', uiExtension = {} } = CATALOGUE.commands.find(({ name }) => name === DIAL)?.needinfo ?? {};

const asksForSkill: Check = {
  row: DIAL,
  check: 'needinfo: a number that needs a skill, then the call with one',
  needsCaller: true,
  run: async (stage) => {
    await stage.started();
    const { channel: target = '' } = await stage.active();
    const { desk } = stage;
    const from = desk.mark;
    const data = { destination: NUMBERS.needsSkill };
    const request = { command: DIAL, requestId: desk.socket.nextId(), target, data };
    const extension = checkNeedInfo(await desk.socket.send(request), request, id);
    insistFits('needinfo', uiExtension, extension);
    await desk.quiet();
    const told = desk.events(from).find(({ name }) => name === 'interaction.created');
    insist(told === undefined, 'nothing dialled', told);
    const [skill] = extension['skills'] as readonly unknown[];
    const chosen = { ...data, extensions: { skillId: textOf(objectOf(skill)['id']) } };
    const again = { ...request, requestId: desk.socket.nextId(), data: chosen };
    checkSuccess(await desk.socket.send(again), again, written(DIAL));
    await desk.event('interaction.initialized', from);
  },
};

/** The third outcome of a command (agent protocol A5). */
export const needInfoChecks = (): readonly CheckGroup[] => [
  { name: 'the outbound skill', checks: [asksForSkill] },
];
