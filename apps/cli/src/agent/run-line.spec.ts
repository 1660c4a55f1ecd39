import { type Response } from '@cordboard/agent-protocol';
import { type Client, type SessionModel } from '@cordboard/client';
import { type JsonObject } from '@cordboard/kernel';
import { runLine } from './run-line.ts';

const channel = (id: string, type: string, active: boolean): SessionModel['objects'][string] => ({
  path: `S.${id}`,
  parent: 'S',
  id,
  kind: 'channel',
  state: active ? 'ACTIVE' : 'INACTIVE',
  initialized: true,
  capabilities: {
    'channel.request.activate': !active,
    'channel.request.ready': active,
    'channel.request.dial': active && type === 'TELEPHONY',
  },
  about: { type },
});

/** A client whose server answers by script; a channel that is activated becomes so. */
const deskOf = (...channels: ReturnType<typeof channel>[]) => {
  const asked: (readonly [string, string, JsonObject?])[] = [];
  const said: string[] = [];
  const answers = new Map<string, Partial<Response>>();
  let objects = Object.fromEntries(channels.map((one) => [one.path, one]));
  const client: Pick<Client, 'session' | 'model' | 'request'> = {
    session: 'S',
    get model() {
      return { initialized: true, objects };
    },
    request: async (command, target, data) => {
      asked.push(data === undefined ? [command, target] : [command, target, data]);
      const found = objects[target];
      if (command === 'channel.request.activate' && found !== undefined) {
        objects = {
          ...objects,
          [target]: channel(found.id, found.about['type'] === 'CHAT' ? 'CHAT' : 'TELEPHONY', true),
        };
      }
      return { command, result: 'success', ...answers.get(command) } as Response;
    },
  };
  const type = (line: string) => runLine(client as Client, line, (text) => void said.push(text));
  return { asked, said, answers, type };
};

describe('runLine', () => {
  it('sends a command to the object that it means', async () => {
    const desk = deskOf(channel('C', 'TELEPHONY', true));
    expect(await desk.type('  notready   1 ')).toBe('go-on');
    expect(await desk.type('ready')).toBe('go-on');
    expect(desk.said).toEqual(['Not possible now: channel C is ACTIVE.']);
    expect(desk.asked).toEqual([['channel.request.ready', 'S.C']]);
  });

  it('logs in first where that is all that is missing, on the channel that is named', async () => {
    const desk = deskOf(channel('C', 'TELEPHONY', false), channel('D', 'CHAT', false));
    await desk.type('ready @chat');
    await desk.type('dial 1002');
    expect(desk.asked).toEqual([
      ['channel.request.activate', 'S.D'],
      ['channel.request.ready', 'S.D'],
      ['channel.request.activate', 'S.C'],
      ['channel.request.dial', 'S.C', { destination: '1002' }],
    ]);
  });

  it('says what failed, what is asked, and what was found', async () => {
    const desk = deskOf(channel('C', 'TELEPHONY', true));
    const skills = [{ id: '12', skillName: 'Sales' }];
    desk.answers.set('channel.request.dial', { result: 'needinfo', uiExtension: { id: 'x', skills } });
    desk.answers.set('session.request.getdirectory', { data: { entries: [] } });
    desk.answers.set('session.request.logout', {
      result: 'failure',
      failure: { code: 'ONGOING_INTERACTION', message: 'Finish it.' },
    });
    await desk.type('dial 1002');
    await desk.type('directory');
    expect(await desk.type('logout')).toBe('go-on');
    expect(desk.said).toEqual([
      'Nothing was dialled: dial again with one of these skills behind the number.\n  12 Sales',
      '  the directory is empty',
      'ONGOING_INTERACTION: Finish it.',
    ]);
  });

  it('asks for both lists of reasons, whatever becomes of the first', async () => {
    const desk = deskOf();
    desk.answers.set('session.request.externalnotreadyreasons', {
      result: 'failure',
      failure: { code: 'NOT_SUPPORTED', message: 'No.' },
    });
    await desk.type('reasons');
    expect(desk.asked.map(([command]) => command)).toEqual([
      'session.request.externalnotreadyreasons',
      'session.request.externallogoutreasons',
    ]);
    expect(desk.said).toEqual(['NOT_SUPPORTED: No.']);
  });

  it('leaves after a logout, and when told to', async () => {
    const desk = deskOf();
    expect(await desk.type('logout 9')).toBe('leave');
    expect(await desk.type('quit')).toBe('leave');
    expect(desk.asked).toEqual([['session.request.logout', 'S', { reason: '9' }]]);
  });

  it.each([
    ['', []],
    ['consult', ['Say: consult <number>']],
    ['sing', ['There is no "sing"; type help.']],
    ['constructor', ['There is no "constructor"; type help.']],
    ['wait x', ['Say: wait <seconds>, at most 3600']],
    ['wait 0', []],
  ])('%j is answered', async (line, said) => {
    const desk = deskOf();
    expect(await desk.type(line)).toBe('go-on');
    expect(desk.said).toEqual(said);
    expect(desk.asked).toEqual([]);
  });
});
