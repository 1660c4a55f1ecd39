import { type SessionModel, type SessionObject } from '@cordboard/client';
import { chooseObject } from './choose-object.ts';
import { type Wish } from './words/word.ts';
import { WORDS } from './words/words.ts';

const I = 'S.G.C.I';
const CALL = `${I}.01a1fe9d-c19f-7e22-b5b9-00b143350000`;

const object = (
  more: Partial<SessionObject> & Pick<SessionObject, 'path' | 'kind'>,
  can: readonly string[] = [],
): SessionObject => ({
  parent: more.path.slice(0, more.path.lastIndexOf('.')),
  id: more.path.slice(more.path.lastIndexOf('.') + 1),
  state: null,
  initialized: true,
  capabilities: Object.fromEntries(can.map((command) => [`${more.kind}.request.${command}`, true])),
  about: {},
  ...more,
});

const modelOf = (...objects: readonly SessionObject[]): SessionModel => ({
  initialized: true,
  objects: Object.fromEntries(objects.map((one) => [one.path, one])),
});

const wish = (line: string): Wish => {
  const [name = '', ...args] = line.split(' ');
  const [only] = WORDS[name]?.read(args, modelOf()) ?? [];
  if (only === undefined) throw new Error(line);
  return only;
};

const call = (path: string, state: string, can: readonly string[], about = {}): SessionObject =>
  object({ path, kind: 'conversation', state, about }, can);

const chosen = (model: SessionModel, line: string, wanted?: string): string => {
  const object = chooseObject(model, wish(line), wanted);
  return object.ok ? object.value.path : object.error;
};

describe('chooseObject', () => {
  const held = call(`${I}.held`, 'HELD', ['release', 'hold', 'retrieve'], { role: 'primary' });
  const talking = call(CALL, 'TALKING', ['hold', 'release', 'retrieve', 'mute'], { role: 'consult' });
  const dialling = call(`${I}.ask`, 'DIALING', ['release'], { role: 'consult' });
  const interaction = (focus: string) => object({ path: I, kind: 'interaction', state: 'STARTED', focus });

  it.each([
    [
      'the one in focus, even while it is dialled',
      'release',
      [interaction('ask'), held, dialling],
      `${I}.ask`,
    ],
    ['the one talked in, where both can', 'release', [held, talking], CALL],
    ['the talking one to hold', 'hold', [interaction('held'), held, talking], CALL],
    ['the held one to take back', 'retrieve', [interaction('350000'), held, talking], `${I}.held`],
    ['the only one that can', 'mute', [held, talking], CALL],
  ])('takes %s', (_case, line, objects, path) => {
    expect(chosen(modelOf(...objects), line)).toBe(path);
  });

  it('takes the interaction that is talked in', () => {
    const other = object({ path: 'S.G.D.J', kind: 'interaction', state: 'STARTED' }, ['setdisposition']);
    const mine = object({ path: I, kind: 'interaction', state: 'STARTED' }, ['setdisposition']);
    expect(chosen(modelOf(other, mine, talking), 'disposition sold')).toBe(I);
    expect(chosen(modelOf(other, mine), 'disposition sold')).toBe(
      'Which one? Add one of these at the end: @J, @I.',
    );
  });

  it.each(['chat', 'CHAT', '1001-chat', 'two'])('takes the channel that is named %s', (wanted) => {
    const channel = (id: string, type: string, name: string) =>
      object({ path: `S.G.${id}`, kind: 'channel', state: 'ACTIVE', about: { name, type } }, ['ready']);
    const model = modelOf(channel('one', 'TELEPHONY', '1001'), channel('two', 'CHAT', '1001-chat'));
    expect(chosen(model, 'ready', wanted)).toBe('S.G.two');
    expect(chosen(model, 'ready')).toBe(
      'Which one? Add one of these at the end: @one (1001 TELEPHONY), @two (1001-chat CHAT).',
    );
    expect(chosen(model, 'ready', 'email')).toBe('There is no channel email.');
  });

  it('says why none can, and what to do', () => {
    const waiting = object({ path: I, kind: 'interaction', state: 'STARTED' });
    expect(chosen(modelOf(), 'answer')).toBe('There is no conversation now.');
    expect(chosen(modelOf(held, talking), 'answer')).toBe(
      'Not possible now: conversation held is HELD; conversation 350000 is TALKING.',
    );
    expect(chosen(modelOf(waiting), 'transfer')).toBe(
      'Not possible now: interaction I is STARTED; consult somebody first, or add a number.',
    );
  });

  it('dials on a telephone, whatever else could', () => {
    const chat = object({ path: 'S.G.D', kind: 'channel', about: { type: 'CHAT' } }, ['dial']);
    expect(chosen(modelOf(chat), 'dial 1')).toBe('There is no channel now.');
  });
});
