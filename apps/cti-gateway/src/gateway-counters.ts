import { type Metrics } from '@cordboard/runtime';
import { type GatewayCounter, type GatewayPorts } from './gateway-ports.ts';

const HELP: Readonly<Record<GatewayCounter, string>> = {
  clients_admitted: 'Adapters that connected.',
  clients_refused: 'Connections closed because they could not prove who they are.',
  clients_second: 'Connections closed because their processor has a client already.',
  clients_surplus: 'Connections closed because there were too many.',
  clients_slow: 'Adapters closed because they did not read.',
  clients_silent: 'Adapters closed because they gave no sign of life.',
  clients_paused: 'Times that an adapter was not read for a while, because too many of its events waited.',
  clients_failed: 'Connections closed because what they sent met a mistake of the gateway.',
  handshakes_failed: 'TLS handshakes that failed.',
  frames_broken: 'Adapters closed because a frame was larger than any may be.',
  messages_oversized: 'Messages dropped because they are larger than CORDBOARD_CTI_MAX_BYTES.',
  messages_malformed: 'Messages dropped because they could not be read.',
  messages_repaired: 'Messages in which characters that cannot be stored became U+FFFD.',
  messages_unexpected: 'Messages dropped because an adapter does not send them, or not for this processor.',
  answers_unknown: 'Answers dropped because no question waited for them: late, doubled or never asked.',
  questions_refused: 'Questions refused because too many were open.',
  questions_unanswered: 'Questions that an adapter did not answer in time.',
};

/** One counter a name, made at the start so that each is there before it counts. */
export const createGatewayCounters = (metrics: Metrics): Pick<GatewayPorts, 'count' | 'connected'> => {
  const counters = new Map(
    Object.entries(HELP).map(([name, help]) => [
      name,
      metrics.counter({ name: `gateway_${name}_total`, help }),
    ]),
  );
  const clients = metrics.gauge({ name: 'gateway_clients', help: 'Adapters connected.' });
  return { count: (name) => counters.get(name)?.add(), connected: (open) => clients.set(open) };
};
