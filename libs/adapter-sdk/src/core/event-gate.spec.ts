import { createEventGate, type SwitchReport } from './event-gate.ts';
import { type ObjectNode, registerChild, rootNode } from './object-node.ts';

const setUp = () => {
  const root = rootNode('S', '1001');
  const sent: string[] = [];
  const dropped: string[] = [];
  const gate = createEventGate(
    root,
    (node, { name }) => void sent.push(`${node.id} ${name}`),
    (count, why) => void dropped.push(`${String(count)} ${why}`),
  );
  const add = (parent: ObjectNode, id: string, nativeId: string): ObjectNode => {
    const kind = parent === root ? 'channelgroup' : 'channel';
    const registered = registerChild(parent, { kind, id, nativeId, supported: true }, 0);
    if (!registered.ok) throw new Error(registered.error);
    gate.expect(registered.value);
    return registered.value;
  };
  const report = (name: string, channel = '1001'): SwitchReport => ({
    at: { agent: '1001', group: 'team', channel },
    name,
    body: {},
  });
  const pass = (given: SwitchReport): void => {
    const bound = gate.bind(given);
    if (bound !== null) gate.pass(bound);
  };
  return { root, gate, add, report, pass, sent, dropped };
};

describe('the gate of a session', () => {
  it('lets out what came before the object was registered and read, in order', () => {
    const { root, gate, add, report, pass, sent } = setUp();
    pass(report('one'));
    const phone = add(add(root, 'G', 'team'), 'H', '1001');
    pass(report('two'));
    expect(sent).toEqual([]);
    gate.open(phone);
    pass(report('three'));
    expect(sent).toEqual(['H one', 'H two', 'H three']);
  });

  it('holds a thousand events of an object, then drops the oldest', () => {
    const { root, gate, add, report, pass, sent, dropped } = setUp();
    for (let count = 0; count <= 1_000; count += 1) pass(report(String(count)));
    gate.open(add(add(root, 'G', 'team'), 'H', '1001'));
    expect(sent).toHaveLength(1_000);
    expect(sent[0]).toBe('H 1');
    expect(dropped).toEqual(['1 held-limit']);
  });

  it('holds events of 256 objects, then drops those of the oldest', () => {
    const { root, gate, add, report, pass, sent, dropped } = setUp();
    for (let count = 0; count <= 256; count += 1) pass(report('event', String(count)));
    const group = add(root, 'G', 'team');
    gate.open(add(group, 'H0', '0'));
    gate.open(add(group, 'H1', '1'));
    expect(sent).toEqual(['H1 event']);
    expect(dropped).toEqual(['1 held-limit']);
  });

  it('drops what belongs to a disposed object, until it is registered again', () => {
    const { root, gate, add, report, pass, sent, dropped } = setUp();
    const group = add(root, 'G', 'team');
    gate.open(add(group, 'H', '1001'));
    gate.close(group);
    root.children.clear();
    pass(report('late'));
    expect([sent, dropped]).toEqual([[], ['1 disposed']]);
    gate.open(add(add(root, 'G2', 'team'), 'H2', '1001'));
    pass(report('again'));
    expect(sent).toEqual(['H2 again']);
  });

  it('stays shut when a reading comes back after the object was disposed', () => {
    const { root, gate, add, report, pass, sent } = setUp();
    const group = add(root, 'G', 'team');
    pass({ ...report('one'), at: { agent: '1001', group: 'team' } });
    gate.close(group);
    root.children.clear();
    gate.open(group);
    pass({ ...report('two'), at: { agent: '1001', group: 'team' } });
    expect(sent).toEqual([]);
  });
});
