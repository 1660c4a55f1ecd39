import { freePort, isPortTaken, SetupError } from '@cordboard/embedded';

const HIGHEST = 65_535;

const numberOf = (variable: string, standard: number): number => {
  const text = process.env[variable] ?? '';
  if (text === '') return standard;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= HIGHEST) return port;
  throw new SetupError(`${variable} is "${text}": give a port from 0 (any free one) to ${HIGHEST}.`);
};

/** The port that a variable names, else the standard one; it has to be free. */
export const choosePort = async (variable: string, standard: number): Promise<number> => {
  const port = numberOf(variable, standard);
  if (port === 0) return freePort();
  if (!(await isPortTaken(port))) return port;
  throw new SetupError(
    `Port ${port} is in use by another program: stop it, or choose another port with ${variable}=0 npm start.`,
  );
};
