import { HEADERS, subjects } from '@cordboard/bus';
import { type CtiMessage } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { type Msg, type MsgHdrs, headers, type NatsConnection } from '@nats-io/transport-node';
import { serveParent } from '../helper.ts';
import { connectBare } from '../nats.ts';

// A switch that does at once what it is asked, with nothing between it and NATS: what the engine and the raw chain
// are compared with must not be its cost. Every agent who signs in finds a call on the line.

const TENANT = 'demo';
const PROCESSOR = 'sim';
const INSTANCE = 'bare';
const STATUS_EVERY_MS = 1_000;

const READINGS: Readonly<Record<string, JsonObject>> = {
  'session.query.init': { 'channel-groups': [{ id: 'team', name: 'Team' }], channels: [] },
  'channelgroup.query.init': { channels: [{ 'end-point': '1001', type: 'TELEPHONY' }] },
  'channel.query.init': {
    'channel-state': 'ACTIVE',
    'agent-state': { status: 'ready' },
    interactions: [{ id: 'call' }],
  },
  'interaction.query.init': {
    'interaction-state': 'STARTED',
    'interaction-data': { ANI: '+12025550123' },
    conversations: { primary: { id: 'leg' } },
  },
  'conversation.query.init': {
    'conversation-state': 'TALKING',
    parties: [{ number: '+12025550123', name: 'Example Caller' }],
  },
};

const FINAL = ((): MsgHdrs => {
  const all = headers();
  all.set(HEADERS.answer, 'final');
  return all;
})();

const answer = (message: Msg): void => {
  const { header } = JSON.parse(message.string()) as CtiMessage;
  const body = READINGS[header.name] ?? {};
  const said = { header: { ...header, type: 'cti.response', result: 'SUCCESS' }, body };
  message.respond(JSON.stringify(said), { headers: FINAL });
};

const sayStatus = (connection: NatsConnection): void => {
  const header = { type: 'cti.event', name: 'cti.status', target: `${PROCESSOR}.CONTROL` };
  const body = { status: 'STARTED', instance: INSTANCE, incarnation: 'run-1', sessions: 0 };
  connection.publish(subjects.ctiStatus(TENANT, PROCESSOR), JSON.stringify({ header, body }));
};

serveParent({
  start: async ({ natsUrl }: { readonly natsUrl: string }) => {
    const connection = await connectBare(natsUrl, 'adapter');
    for (const subject of [
      subjects.ctiRequestsTo(TENANT, PROCESSOR, INSTANCE),
      subjects.ctiControl(TENANT, PROCESSOR, INSTANCE),
    ])
      connection.subscribe(subject, { callback: (_, message) => answer(message) });
    sayStatus(connection);
    setInterval(() => sayStatus(connection), STATUS_EVERY_MS);
    await connection.flush();
  },
});
