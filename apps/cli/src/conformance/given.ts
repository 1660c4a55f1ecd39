import { SetupError } from '@cordboard/embedded';

/** The address that an option gives; refused with an example when it is none. */
export const addressGiven = (option: string, url: string, protocols: RegExp, example: string): string => {
  if (URL.canParse(url) && protocols.test(new URL(url).protocol)) return url;
  throw new SetupError(`--${option} is "${url}": give an address, for example ${example}.`);
};

/** The agents that `--agent` names. */
export const agentsGiven = (agents: string): readonly string[] => {
  const list = agents.split(',').map((agent) => agent.trim());
  if (list.every((agent) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(agent))) return list;
  throw new SetupError(`--agent is "${agents}": give ids of agents, parted by commas.`);
};
