import { type Bus, connectNats } from '@cordboard/bus';
import { type Health, type Logger } from '@cordboard/runtime';
import { type SimulatorConfig } from './simulator-config.ts';

/** The token of the connection that carries everything the simulator says. */
export const BUS = Symbol('Bus');

/** Connects to NATS; the health of the app says whether the connection lives. */
export const openBus = async (config: SimulatorConfig, logger: Logger, health: Health): Promise<Bus> => {
  let lost: string | null = null;
  const bus = await connectNats({
    url: config.natsUrl,
    credsFile: config.natsCreds,
    name: `cti-simulator ${config.instance}`,
    onError: (error, subject) => logger.error('a message could not be handled', { error, subject }),
  });
  void bus.closed.then((reason) => (lost = reason));
  health.register('nats', () => (lost === null ? undefined : Promise.reject(new Error(lost))));
  return bus;
};
